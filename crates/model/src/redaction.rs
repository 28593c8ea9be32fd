//! What was taken out of records before they were stored, counted by kind: the records themselves are kept.

use std::fmt;

macro_rules! secrets {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+) => {
        /// A kind of secret that no row may hold. In its place stands `[redacted:name]`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Secret {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Secret {
            pub const ALL: &'static [Secret] = &[$(Secret::$variant,)+];

            /// The name under which the API counts it.
            pub fn name(self) -> &'static str {
                match self { $(Secret::$variant => $name,)+ }
            }

            /// What stands in the row instead.
            pub fn mark(self) -> &'static str {
                match self { $(Secret::$variant => concat!("[redacted:", $name, "]"),)+ }
            }

            /// What it is, in a sentence for the person who reads the counts.
            pub fn meaning(self) -> &'static str {
                match self { $(Secret::$variant => concat!($($doc),+).trim_ascii_start(),)+ }
            }
        }
    };
}

secrets! {
    /// The number of a payment card: a known prefix, its length and a right check digit.
    Card = "card",
    /// An e-mail address.
    Email = "email",
    /// The number of a bank account, with its country's length and a right checksum.
    Iban = "iban",
    /// A JSON Web Token.
    Jwt = "jwt",
    /// What follows `Bearer` or `Basic` in an `Authorization` header.
    Bearer = "bearer",
    /// A key whose prefix tells who made it, such as AWS, GitHub, Stripe or Slack.
    Key = "key",
    /// A private key in PEM form.
    PrivateKey = "private_key",
    /// The user and the password in a URL.
    Credentials = "credentials",
    /// What a rule of the application's own found.
    Own = "own",
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How many of each kind were taken out of the records of one request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Redactions([u64; Secret::ALL.len()]);

impl Redactions {
    pub fn add(&mut self, secret: Secret) {
        self.0[secret as usize] += 1;
    }

    /// Those that occurred.
    pub fn iter(&self) -> impl Iterator<Item = (Secret, u64)> + '_ {
        Secret::ALL.iter().copied().zip(self.0).filter(|(_, count)| *count > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own_a_mark_and_a_meaning() {
        let mut names: Vec<_> = Secret::ALL.iter().map(|secret| secret.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Secret::ALL.len());
        for secret in Secret::ALL {
            assert_eq!(secret.mark(), format!("[redacted:{secret}]"));
            assert!(secret.meaning().ends_with('.'), "{secret}");
        }
    }

    #[test]
    fn counts_add_up_and_what_did_not_occur_is_not_listed() {
        let mut redactions = Redactions::default();
        redactions.add(Secret::Credentials);
        redactions.add(Secret::Card);
        redactions.add(Secret::Card);
        assert_eq!(redactions.iter().collect::<Vec<_>>(), [(Secret::Card, 2), (Secret::Credentials, 1)]);
    }
}

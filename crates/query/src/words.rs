//! Owners and strangers' text in sentences for people.

use crate::{Owner, OwnerKind};

pub(crate) fn owner(owner: &Owner) -> String {
    let kind = match owner.kind {
        OwnerKind::Browser => "the browser",
        OwnerKind::Network => "the network",
        OwnerKind::Cdn => "the CDN",
        OwnerKind::Gateway => "the gateway's own time",
        OwnerKind::Service => "the service",
        OwnerKind::Database => "the database",
        OwnerKind::ThirdParty => "a third party",
        OwnerKind::RenderDelay => "render delay",
        OwnerKind::Unknown => "what nobody measured",
    };
    if owner.name.is_empty() { kind.to_owned() } else { format!("{kind} ({})", clean(&owner.name)) }
}

/// A stranger's text: nothing of it may become markup or a mention in the channel it is pasted into.
pub(crate) fn clean(text: &str) -> String {
    let letters = text.chars().take(120).map(|letter| match letter {
        '|' | '`' | '*' | '[' | ']' | '<' | '>' | '@' | '!' | '\\' => '·',
        letter if letter.is_control() => ' ',
        letter => letter,
    });
    letters.collect()
}

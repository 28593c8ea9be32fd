//! Random names that nobody can guess: carts, orders, the database's password.

use std::io::Read;

use crate::Error;

/// `N` random bytes as hex digits.
pub fn hex<const N: usize>() -> Result<String, Error> {
    let mut bytes = [0_u8; N];
    std::fs::File::open("/dev/urandom").and_then(|mut file| file.read_exact(&mut bytes)).map_err(Error::Random)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn gives_two_digits_a_byte_and_never_the_same_twice() {
        let first = super::hex::<16>().expect("random numbers");
        assert_eq!(first.len(), 32);
        assert_ne!(first, super::hex::<16>().expect("random numbers"));
    }
}

//! The gateway's own errands: a directory that says which region serves a country, near by or at the end of a slow way.

mod directory;
mod slow;

pub use directory::Directory;

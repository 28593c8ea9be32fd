//! TODO: one sentence.

//! Sums of weights. The standard library's sum of no float is -0.0, and JSON would show that.

pub(crate) fn total(weights: impl IntoIterator<Item = f64>) -> f64 {
    weights.into_iter().fold(0.0, |sum, weight| sum + weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_adds_up_to_a_plain_zero() {
        assert_eq!(serde_json::to_string(&total([])).expect("a number"), "0.0");
        assert_eq!(total([0.5, 2.0]), 2.5);
    }
}

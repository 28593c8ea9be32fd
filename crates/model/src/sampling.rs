//! Consistent probability sampling: one draw for everything that belongs together, and a threshold that it must reach.
//!
//! <https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/>: a record is kept when its randomness R
//! is at least the threshold T, both below 2^56; its probability is then (2^56 - T) / 2^56. Whoever raises T later keeps a
//! part of what was kept before, so the highest threshold alone says for how many records a kept one stands.

use crate::TraceId;

const DIGITS: usize = 14;
const RANGE: u64 = 1 << 56;

/// What a draw must reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Threshold(u64);

impl Threshold {
    /// Of a share from 0 to 1.
    pub fn of_probability(probability: f64) -> Self {
        Self((((1.0 - probability) * RANGE as f64).max(0.0) as u64).min(RANGE))
    }

    /// `th` of a tracestate: hexadecimal digits, of which zeros at the end are left out.
    pub fn parse(text: &str) -> Option<Self> {
        Some(Self(digits(text)? << (4 * (DIGITS - text.len()))))
    }

    pub fn probability(self) -> f64 {
        (RANGE - self.0) as f64 / RANGE as f64
    }

    pub fn keeps(self, drawn: Randomness) -> bool {
        drawn.0 >= self.0
    }
}

/// A draw: equally likely anywhere below 2^56.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Randomness(u64);

impl Randomness {
    /// The right-most seven bytes of a trace id are random (W3C Trace Context, level 2).
    pub fn of_trace(id: &TraceId) -> Self {
        let tail = id.as_bytes().iter().skip(16 - DIGITS / 2);
        Self(tail.fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// The lowest 56 bits of any equally distributed number.
    pub fn of_bits(bits: u64) -> Self {
        Self(bits % RANGE)
    }

    /// `rv` of a tracestate, by which several traces share a draw.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() == DIGITS { digits(text).map(Self) } else { None }
    }
}

/// What OpenTelemetry's member of a `tracestate` says about sampling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SamplingState {
    pub threshold: Option<Threshold>,
    pub randomness: Option<Randomness>,
}

impl SamplingState {
    /// Reads a `tracestate` header. What is not as it should be says nothing.
    pub fn read(trace_state: &str) -> Self {
        let mut state = Self::default();
        let Some(own) = trace_state.split(',').find_map(|member| member.trim().strip_prefix("ot=")) else {
            return state;
        };
        for (key, value) in own.split(';').filter_map(|pair| pair.split_once(':')) {
            match key {
                "th" => state.threshold = Threshold::parse(value),
                "rv" => state.randomness = Randomness::parse(value),
                _ => {}
            }
        }
        state
    }
}

/// Up to 14 digits in lower case.
fn digits(text: &str) -> Option<u64> {
    let sound =
        (1..=DIGITS).contains(&text.len()) && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if sound { u64::from_str_radix(text, 16).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_is_read_as_the_specification_writes_it() {
        for (text, probability) in
            [("0", 1.0), ("8", 0.5), ("c", 0.25), ("e", 0.125), ("ffffffffffffff", 1.0 / RANGE as f64)]
        {
            assert_eq!(Threshold::parse(text).map(Threshold::probability), Some(probability), "{text}");
        }
        for text in ["", "C", "0x8", "-8", "+8", "000000000000000", "ß"] {
            assert_eq!(Threshold::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_tracestate_may_hold_much_else_and_nonsense() {
        let state = SamplingState::read("vendor=th:8, ot=xx:1;th:c;rv:0123456789abcd;p:8,other=1");
        assert_eq!(state.threshold, Threshold::parse("c"));
        assert_eq!(state.randomness, Some(Randomness(0x0001_2345_6789_abcd)));
        for text in ["", "ot=", "ot=th", "ot=th:;rv:", "ot=rv:0123", "not=th:8", "ot=th:zz"] {
            assert_eq!(SamplingState::read(text), SamplingState::default(), "{text}");
        }
    }

    #[test]
    fn the_draw_of_a_trace_is_in_its_last_seven_bytes() {
        let trace = TraceId::from_hex("ffffffffffffffffff80000000000000").expect("valid");
        let drawn = Randomness::of_trace(&trace);
        assert_eq!(drawn, Randomness(RANGE / 2));
        assert!(Threshold::of_probability(0.5).keeps(drawn) && !Threshold::of_probability(0.49).keeps(drawn));
        assert!(Threshold::of_probability(1.0).keeps(Randomness(0)));
        assert!(!Threshold::of_probability(0.0).keeps(Randomness(RANGE - 1)));
    }
}

//! When it began: the step from which on more views are slow than before.

/// What the logarithm of the likelihood must gain, so that chance alone hardly finds a step anywhere.
const GAIN_MIN: f64 = 10.0;

/// The first step after the change, of (views, slow views) by step; none when there is no clear one. The change is where two
/// shares describe the steps best (maximum likelihood; Hinkley and Hinkley, "Inference about the change-point in a sequence
/// of binomial variables", Biometrika 1970).
pub(crate) fn onset(steps: &[(f64, f64)]) -> Option<usize> {
    let sum = |steps: &[(f64, f64)]| steps.iter().fold((0.0, 0.0), |sum, step| (sum.0 + step.0, sum.1 + step.1));
    let all = likelihood(sum(steps));
    let mut best: Option<(f64, usize)> = None;
    for cut in 1..steps.len() {
        let (before, after) = (sum(&steps[..cut]), sum(&steps[cut..]));
        let rises = after.1 * before.0 > before.1 * after.0;
        let gain = likelihood(before) + likelihood(after) - all;
        if rises && gain > best.map_or(GAIN_MIN, |(gain, _)| gain) {
            best = Some((gain, cut));
        }
    }
    best.map(|(_, cut)| cut)
}

fn likelihood((views, slow): (f64, f64)) -> f64 {
    let part = |count: f64| if count > 0.0 { count * (count / views).ln() } else { 0.0 };
    part(slow) + part(views - slow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_change_is_where_more_views_become_slow() {
        let steps: Vec<(f64, f64)> = (0..20).map(|step| (50.0, if step < 13 { 12.0 } else { 30.0 })).collect();
        assert_eq!(onset(&steps), Some(13));
    }

    #[test]
    fn without_a_change_there_is_no_beginning() {
        assert_eq!(onset(&[(50.0, 12.0); 20]), None);
        assert_eq!(onset(&[(0.0, 0.0); 20]), None);
        assert_eq!(onset(&[]), None);
        let faster: Vec<(f64, f64)> = (0..20).map(|step| (50.0, if step < 13 { 30.0 } else { 12.0 })).collect();
        assert_eq!(onset(&faster), None);
    }
}

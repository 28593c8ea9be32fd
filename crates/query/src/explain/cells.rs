//! What the search looks at: views by combination of dimensions and by period, as sums over sessions.

/// Dimensions that a cohort can be made of, in the order of a cell's values.
pub(crate) const DIMENSIONS: usize = 6;
/// A dimension that a cohort leaves open.
pub(crate) const ANY: u16 = u16::MAX;

/// All values of a dimension that are not among its most frequent ones; no cohort is made of them.
pub(crate) const OTHER: u16 = u16::MAX - 1;

/// One value per dimension, by number; in a cohort also `ANY`.
pub(crate) type Values = [u16; DIMENSIONS];

/// The sums over the sessions of one cell in one period. A session brings `b`, its weighted views, and `a`, the weighted
/// sum of their scores between 0 and 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Sums {
    pub sessions: f64,
    pub a: f64,
    pub b: f64,
    pub aa: f64,
    pub ab: f64,
    pub bb: f64,
}

impl Sums {
    /// One session's views.
    #[cfg(test)]
    pub fn add_session(&mut self, scores: f64, views: f64) {
        *self +=
            Sums { sessions: 1.0, a: scores, b: views, aa: scores * scores, ab: scores * views, bb: views * views };
    }

    pub fn score(&self) -> f64 {
        self.a / self.b
    }

    /// Squares of what sessions are away from a score, with the degrees of freedom that they are worth.
    pub fn squares(&self) -> (f64, f64) {
        if self.sessions < 2.0 || self.b <= 0.0 {
            return (0.0, 0.0);
        }
        let score = self.score();
        let squares = self.aa - 2.0 * score * self.ab + score * score * self.bb;
        (squares.max(0.0), self.bb * (1.0 - 1.0 / self.sessions))
    }

    /// The variance of the score, in units of the variance of one session's view.
    pub fn variance(&self) -> f64 {
        self.bb / (self.b * self.b)
    }
}

impl std::ops::AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.sessions += other.sessions;
        self.a += other.a;
        self.b += other.b;
        self.aa += other.aa;
        self.ab += other.ab;
        self.bb += other.bb;
    }
}

/// A combination of values with its sums: the window first, then the periods it is compared with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    pub values: Values,
    pub periods: Vec<Sums>,
}

/// Whether a cell belongs to a cohort of single values.
pub(crate) fn belongs(values: &Values, cohort: &Values) -> bool {
    values.iter().zip(cohort).all(|(value, wanted)| *wanted == ANY || value == wanted)
}

/// Who: single values, and perhaps one dimension with any of several.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Group {
    /// `ANY` where the set is.
    pub values: Values,
    pub set: Option<Set>,
}

/// Any of these values of one dimension.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Set {
    pub dimension: usize,
    pub values: Vec<u16>,
}

impl Group {
    pub fn of(values: Values) -> Self {
        Self { values, set: None }
    }

    pub fn dimensions(&self) -> usize {
        self.values.iter().filter(|value| **value != ANY).count() + usize::from(self.set.is_some())
    }

    pub fn has(&self, values: &Values) -> bool {
        let in_set = |set: &Set| set.values.contains(&values[set.dimension]);
        belongs(values, &self.values) && self.set.as_ref().is_none_or(in_set)
    }

    /// Every dimension that the group names, with each of its values.
    pub fn named(&self) -> impl Iterator<Item = (usize, u16)> + '_ {
        (0..DIMENSIONS).flat_map(|dimension| {
            let single = Some(self.values[dimension]).filter(|value| *value != ANY);
            let several = self.set.iter().filter(move |set| set.dimension == dimension);
            single
                .into_iter()
                .chain(several.flat_map(|set| set.values.iter().copied()))
                .map(move |value| (dimension, value))
        })
    }
}

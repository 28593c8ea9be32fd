//! How one query groups by several sets of dimensions at once.

use super::set_name;

/// The expressions for the placeholders of `sums.sql`.
pub(super) struct Groups<'a> {
    sets: &'a [&'a [&'a str]],
    columns: Vec<&'a str>,
}

impl<'a> Groups<'a> {
    pub(super) fn of(sets: &'a [&'a [&'a str]]) -> Self {
        let mut columns: Vec<&str> = Vec::new();
        for column in sets.iter().copied().flatten() {
            if !columns.contains(column) {
                columns.push(column);
            }
        }
        Self { sets, columns }
    }

    /// The columns to read, each with a comma behind it.
    pub(super) fn columns(&self) -> String {
        self.columns.iter().map(|column| format!("{column}, ")).collect()
    }

    pub(super) fn dims(&self) -> String {
        self.choose(|set| format!("'{}'", set_name(set)))
    }

    /// The value of the set's first or second dimension.
    pub(super) fn key(&self, place: usize) -> String {
        self.choose(|set| set.get(place).map_or("''".to_owned(), |column| format!("toString({column})")))
    }

    /// The clause that groups by what is `common` to all sets and by the columns of each.
    pub(super) fn clause(&self, common: &str) -> String {
        let lists = self.sets.iter().map(|set| {
            let columns: String = set.iter().map(|column| format!(", {column}")).collect();
            format!("({common}{columns})")
        });
        format!("GROUP BY GROUPING SETS ({})", lists.collect::<Vec<_>>().join(", "))
    }

    /// What holds for the set that a row belongs to.
    fn choose(&self, of: impl Fn(&[&str]) -> String) -> String {
        if let [one] = self.sets {
            return of(one);
        }
        let grouping = format!("grouping({})", self.columns.join(", "));
        let choices = self.sets.iter().map(|set| format!("{grouping} = {}, {}", self.mask(set), of(set)));
        format!("multiIf({}, '')", choices.collect::<Vec<_>>().join(", "))
    }

    /// One bit per column, the first one highest, set where rows are not grouped by it.
    fn mask(&self, set: &[&str]) -> u32 {
        self.columns.iter().fold(0, |mask, column| mask << 1 | u32::from(!set.contains(column)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_told_apart_by_what_they_are_grouped_by() {
        let sets: [&[&str]; 3] = [&[], &["route"], &["route", "device"]];
        let groups = Groups::of(&sets);
        assert_eq!(groups.columns(), "route, device, ");
        assert_eq!(sets.map(|set| groups.mask(set)), [0b11, 0b01, 0b00]);
        assert_eq!(groups.clause("hour"), "GROUP BY GROUPING SETS ((hour), (hour, route), (hour, route, device))");
        assert!(groups.dims().ends_with("grouping(route, device) = 0, 'route,device', '')"));
    }

    #[test]
    fn one_set_needs_no_choice() {
        let groups = Groups::of(&[&["route"]]);
        assert_eq!(
            (groups.dims(), groups.key(0), groups.key(1)),
            ("'route'".into(), "toString(route)".into(), "''".into())
        );
    }
}

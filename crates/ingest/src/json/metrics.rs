//! `Metric` with the points of its five kinds.

use limen_model::Outcome;
use limen_model::received::{
    ExponentialPoint, HistogramPoint, Metric, MetricData, NumberPoint, PointBase, SummaryPoint, Temporality,
};
use serde::de::{Deserialize, MapAccess, SeqAccess};

use super::attributes::AttributeList;
use super::envelope::Read;
use super::read::{Fields, Items, List, Object, skip};
use super::scalar::{Double, Flag, Signed, Small, Unsigned, Words};
use crate::budget::Budget;
use crate::records::{MetricDraft, Record, close_point, temporality};

impl<'de> Read<'de> for Metric<'de> {
    const SCOPES: &'static str = "scopeMetrics";
    const RECORDS: &'static str = "metrics";

    fn read<A: SeqAccess<'de>>(seq: &mut A, records: &mut Vec<Self>, budget: &mut Budget) -> Result<bool, A::Error> {
        let mut reader = MetricReader { metric: MetricDraft::default(), budget };
        if seq.next_element_seed(Fields(&mut reader))?.is_none() {
            return Ok(false);
        }
        let MetricReader { metric, budget } = reader;
        match metric.finish() {
            Ok(metric) => records.push(metric),
            Err(lost) => budget.reject(Self::SIGNAL, Outcome::MetricInvalid, lost),
        }
        Ok(true)
    }
}

struct MetricReader<'de, 'x> {
    metric: MetricDraft<'de>,
    budget: &'x mut Budget,
}

impl<'de> Object<'de> for MetricReader<'de, '_> {
    const WHAT: &'static str = "a metric";

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let MetricReader { metric, budget } = self;
        let data = match key {
            "name" => {
                metric.name = budget.name(map.next_value::<Words>()?.0);
                None
            }
            "description" => {
                metric.description = budget.text(map.next_value::<Words>()?.0);
                None
            }
            "unit" => {
                metric.unit = budget.name(map.next_value::<Words>()?.0);
                None
            }
            "gauge" => Data::<Number>::read(map, budget)?.map(|data| MetricData::Gauge(data.points)),
            "sum" => Data::<Number>::read(map, budget)?
                .map(|Data { points, temporality, monotonic, .. }| MetricData::Sum { points, temporality, monotonic }),
            "histogram" => Data::<HistogramPoint>::read(map, budget)?
                .map(|Data { points, temporality, .. }| MetricData::Histogram { points, temporality }),
            "exponentialHistogram" => Data::<ExponentialPoint>::read(map, budget)?
                .map(|Data { points, temporality, .. }| MetricData::ExponentialHistogram { points, temporality }),
            "summary" => Data::<SummaryPoint>::read(map, budget)?.map(|data| MetricData::Summary(data.points)),
            _ => return skip(map),
        };
        if data.is_some() {
            metric.data = data;
        }
        Ok(())
    }
}

/// One kind of point while it is read.
trait Point<'de>: Default {
    type Done;

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A, budget: &mut Budget) -> Result<(), A::Error>;

    fn finish(self, budget: &mut Budget) -> Self::Done;
}

/// The data of a metric, of which not every kind has all.
struct Data<'x, 'de, P: Point<'de>> {
    found: bool,
    points: Vec<P::Done>,
    temporality: Temporality,
    monotonic: bool,
    budget: &'x mut Budget,
}

impl<'x, 'de, P: Point<'de>> Data<'x, 'de, P> {
    /// `None` when the member is `null`.
    fn read<A: MapAccess<'de>>(map: &mut A, budget: &'x mut Budget) -> Result<Option<Self>, A::Error> {
        let temporality = Temporality::default();
        let mut data = Data { found: false, points: Vec::new(), temporality, monotonic: false, budget };
        map.next_value_seed(Fields(&mut data))?;
        Ok(data.found.then_some(data))
    }
}

impl<'de, P: Point<'de>> Object<'de> for Data<'_, 'de, P> {
    const WHAT: &'static str = "an object with `dataPoints`";

    fn begin(&mut self) {
        self.found = true;
    }

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "dataPoints" => {
                map.next_value_seed(Items(&mut Points::<P> { points: &mut self.points, budget: self.budget }))?;
            }
            "aggregationTemporality" => self.temporality = temporality(map.next_value::<Small>()?.0.into()),
            "isMonotonic" => self.monotonic = map.next_value::<Flag>()?.0,
            _ => skip(map)?,
        }
        Ok(())
    }
}

struct Points<'x, 'de, P: Point<'de>> {
    points: &'x mut Vec<P::Done>,
    budget: &'x mut Budget,
}

impl<'de, P: Point<'de>> List<'de> for Points<'_, 'de, P> {
    const WHAT: &'static str = "data points";

    fn item<A: SeqAccess<'de>>(&mut self, seq: &mut A) -> Result<bool, A::Error> {
        self.budget.begin_record();
        let mut reader = PointReader { point: P::default(), budget: self.budget };
        if seq.next_element_seed(Fields(&mut reader))?.is_none() {
            return Ok(false);
        }
        let PointReader { point, budget } = reader;
        budget.take_point();
        let done = point.finish(budget);
        self.points.extend(close_point(done, budget));
        Ok(true)
    }
}

struct PointReader<'x, P> {
    point: P,
    budget: &'x mut Budget,
}

impl<'de, P: Point<'de>> Object<'de> for PointReader<'_, P> {
    const WHAT: &'static str = "a data point";

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        self.point.field(key, map, self.budget)
    }
}

/// What every kind of point has.
fn base_field<'de, A: MapAccess<'de>>(
    base: &mut PointBase<'de>,
    key: &str,
    map: &mut A,
    budget: &mut Budget,
) -> Result<(), A::Error> {
    match key {
        "attributes" => {
            map.next_value_seed(Items(&mut AttributeList { attributes: &mut base.attributes, budget }))?;
        }
        "startTimeUnixNano" => base.start_time_unix_nano = map.next_value::<Unsigned>()?.0,
        "timeUnixNano" => base.time_unix_nano = map.next_value::<Unsigned>()?.0,
        _ => skip(map)?,
    }
    Ok(())
}

fn optional<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<f64>, A::Error> {
    Ok(map.next_value::<Option<Double>>()?.map(|Double(number)| number))
}

/// A number point without a value is none, which only its end shows.
#[derive(Default)]
struct Number<'de> {
    base: PointBase<'de>,
    value: Option<f64>,
}

impl<'de> Point<'de> for Number<'de> {
    type Done = NumberPoint<'de>;

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A, budget: &mut Budget) -> Result<(), A::Error> {
        match key {
            "asDouble" => self.value = optional(map)?.or(self.value),
            "asInt" => {
                let number = map.next_value::<Option<Signed>>()?.map(|Signed(number)| number as f64);
                self.value = number.or(self.value);
            }
            _ => base_field(&mut self.base, key, map, budget)?,
        }
        Ok(())
    }

    fn finish(self, budget: &mut Budget) -> NumberPoint<'de> {
        NumberPoint { base: self.base, value: budget.demand(self.value) }
    }
}

impl<'de> Point<'de> for HistogramPoint<'de> {
    type Done = Self;

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A, budget: &mut Budget) -> Result<(), A::Error> {
        match key {
            "count" => self.count = map.next_value::<Unsigned>()?.0,
            "sum" => self.sum = optional(map)?,
            "min" => self.min = optional(map)?,
            "max" => self.max = optional(map)?,
            "bucketCounts" => {
                map.next_value_seed(Items(&mut counts(&mut self.bucket_counts, budget)))?;
            }
            "explicitBounds" => {
                let list = &mut self.explicit_bounds;
                map.next_value_seed(Items(&mut Numbers { list, number: |Double(number)| number, budget }))?;
            }
            _ => base_field(&mut self.base, key, map, budget)?,
        }
        Ok(())
    }

    fn finish(self, _: &mut Budget) -> Self {
        self
    }
}

impl<'de> Point<'de> for ExponentialPoint<'de> {
    type Done = Self;

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A, budget: &mut Budget) -> Result<(), A::Error> {
        match key {
            "count" => self.count = map.next_value::<Unsigned>()?.0,
            "sum" => self.sum = optional(map)?,
            "min" => self.min = optional(map)?,
            "max" => self.max = optional(map)?,
            "scale" => self.scale = map.next_value::<Small>()?.0,
            "zeroCount" => self.zero_count = map.next_value::<Unsigned>()?.0,
            "positive" => {
                let (offset, counts) = (&mut self.positive_offset, &mut self.positive_counts);
                map.next_value_seed(Fields(&mut Buckets { offset, counts, budget }))?;
            }
            "negative" => {
                let (offset, counts) = (&mut self.negative_offset, &mut self.negative_counts);
                map.next_value_seed(Fields(&mut Buckets { offset, counts, budget }))?;
            }
            _ => base_field(&mut self.base, key, map, budget)?,
        }
        Ok(())
    }

    fn finish(self, _: &mut Budget) -> Self {
        self
    }
}

struct Buckets<'x> {
    offset: &'x mut i32,
    counts: &'x mut Vec<u64>,
    budget: &'x mut Budget,
}

impl<'de> Object<'de> for Buckets<'_> {
    const WHAT: &'static str = "buckets with `offset` and `bucketCounts`";

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "offset" => *self.offset = map.next_value::<Small>()?.0,
            "bucketCounts" => map.next_value_seed(Items(&mut counts(self.counts, self.budget)))?,
            _ => skip(map)?,
        }
        Ok(())
    }
}

impl<'de> Point<'de> for SummaryPoint<'de> {
    type Done = Self;

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A, budget: &mut Budget) -> Result<(), A::Error> {
        match key {
            "count" => self.count = map.next_value::<Unsigned>()?.0,
            "sum" => self.sum = map.next_value::<Double>()?.0,
            "quantileValues" => {
                let list = &mut self.quantiles;
                map.next_value_seed(Items(&mut Numbers { list, number: |Quantile(pair)| pair, budget }))?;
            }
            _ => base_field(&mut self.base, key, map, budget)?,
        }
        Ok(())
    }

    fn finish(self, _: &mut Budget) -> Self {
        self
    }
}

/// The (quantile, value) pair of a summary.
struct Quantile((f64, f64));

impl<'de> Deserialize<'de> for Quantile {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut quantile = Quantile((0.0, 0.0));
        serde::de::DeserializeSeed::deserialize(Fields(&mut quantile), deserializer)?;
        Ok(quantile)
    }
}

impl<'de> Object<'de> for Quantile {
    const WHAT: &'static str = "an object with `quantile` and `value`";

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "quantile" => self.0.0 = map.next_value::<Double>()?.0,
            "value" => self.0.1 = map.next_value::<Double>()?.0,
            _ => skip(map)?,
        }
        Ok(())
    }
}

/// The numbers of a point, no more than the limit; `S` is how one is written.
struct Numbers<'x, S, T> {
    list: &'x mut Vec<T>,
    number: fn(S) -> T,
    budget: &'x mut Budget,
}

fn counts<'x>(list: &'x mut Vec<u64>, budget: &'x mut Budget) -> Numbers<'x, Unsigned, u64> {
    Numbers { list, number: |Unsigned(number)| number, budget }
}

impl<'de, S: Deserialize<'de>, T> List<'de> for Numbers<'_, S, T> {
    const WHAT: &'static str = "numbers";

    fn item<A: SeqAccess<'de>>(&mut self, seq: &mut A) -> Result<bool, A::Error> {
        let Some(element) = seq.next_element::<S>()? else {
            return Ok(false);
        };
        let fits = self.list.len() < self.budget.limits.buckets_max;
        self.budget.demand_fit(fits);
        if fits {
            self.list.push((self.number)(element));
        }
        Ok(true)
    }
}

//! `Metric` with the points of its five kinds.

mod exemplars;
mod lists;

use limen_model::Outcome;
use limen_model::received::{
    ExponentialPoint, HistogramPoint, Metric, MetricData, Number, NumberPoint, PointBase, SummaryPoint, Temporality,
};
use serde::de::{MapAccess, SeqAccess};

use exemplars::Exemplars;
use lists::{Buckets, Numbers, Quantile, counts};

use super::attributes::AttributeList;
use super::envelope::Read;
use super::read::{Fields, Items, List, Object, skip};
use super::scalar::{Double, Flag, Signed, Small, Unsigned, Words};
use crate::budget::Budget;
use crate::records::{MetricDraft, Record, close_point, is_stale, temporality};

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
            "gauge" => Data::<NumberDraft>::read(map, budget)?.map(|data| MetricData::Gauge(data.points)),
            "sum" => Data::<NumberDraft>::read(map, budget)?
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
        "flags" => base.stale = is_stale(map.next_value::<Unsigned>()?.0),
        "exemplars" => {
            map.next_value_seed(Items(&mut Exemplars { exemplars: &mut base.exemplars, budget }))?;
        }
        _ => skip(map)?,
    }
    Ok(())
}

fn optional<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<f64>, A::Error> {
    Ok(map.next_value::<Option<Double>>()?.map(|Double(number)| number))
}

/// The value of a number point or an exemplar: `asDouble` or `asInt`, of which `null` is neither.
fn number_field<'de, A: MapAccess<'de>>(value: &mut Option<Number>, key: &str, map: &mut A) -> Result<(), A::Error> {
    let number = if key == "asInt" {
        map.next_value::<Option<Signed>>()?.map(|Signed(number)| Number::Int(number))
    } else {
        optional(map)?.map(Number::Double)
    };
    *value = number.or(*value);
    Ok(())
}

/// A number point without a value is none, which only its end shows.
#[derive(Default)]
struct NumberDraft<'de> {
    base: PointBase<'de>,
    value: Option<Number>,
}

impl<'de> Point<'de> for NumberDraft<'de> {
    type Done = NumberPoint<'de>;

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A, budget: &mut Budget) -> Result<(), A::Error> {
        match key {
            "asDouble" | "asInt" => number_field(&mut self.value, key, map)?,
            _ => base_field(&mut self.base, key, map, budget)?,
        }
        Ok(())
    }

    fn finish(self, budget: &mut Budget) -> NumberPoint<'de> {
        let value = budget.demand(self.value, self.base.stale);
        NumberPoint { base: self.base, value }
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
            "zeroThreshold" => self.zero_threshold = map.next_value::<Double>()?.0,
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

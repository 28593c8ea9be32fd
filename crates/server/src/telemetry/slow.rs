//! Questions of the API that took long, kept until somebody wants to hear of them.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tokio::time::Instant;

use crate::limits::{SLOW_QUESTION, SLOW_QUESTIONS_MAX};

#[derive(Debug, Clone, PartialEq)]
pub struct SlowQuestion {
    pub method: String,
    /// The template, never the path: that may hold ids.
    pub route: String,
    pub status: u16,
    pub began: SystemTime,
    pub took: Duration,
}

/// The first ones since they were taken.
#[derive(Debug, Clone, Default)]
pub struct Slow(Arc<Mutex<Vec<SlowQuestion>>>);

impl Slow {
    pub fn take(&self) -> Vec<SlowQuestion> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn add(&self, question: SlowQuestion) {
        let mut questions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if questions.len() < SLOW_QUESTIONS_MAX {
            questions.push(question);
        }
    }
}

/// Notes a question when its answer took longer than `SLOW_QUESTION`.
pub async fn note_slow(State(slow): State<Slow>, request: Request<Body>, next: Next) -> Response {
    let begin = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let method = request.method().to_string();
    let response = next.run(request).await;
    let took = begin.elapsed();
    if took >= SLOW_QUESTION {
        let (route, status) = (route.unwrap_or_default(), response.status().as_u16());
        slow.add(SlowQuestion { method, route, status, began: SystemTime::now() - took, took });
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    async fn ask(slow: &Slow, after: Duration) {
        let answer = move || async move {
            tokio::time::sleep(after).await;
            "late"
        };
        let router =
            Router::new().route("/traces/{id}", get(answer)).layer(from_fn_with_state(slow.clone(), note_slow));
        let request = Request::builder().uri("/traces/secret").body(Body::empty()).expect("valid");
        router.oneshot(request).await.expect("an answer");
    }

    #[tokio::test(start_paused = true)]
    async fn only_what_is_slow_is_noted_and_without_ids() {
        let slow = Slow::default();
        ask(&slow, SLOW_QUESTION - Duration::from_millis(1)).await;
        assert!(slow.take().is_empty());
        ask(&slow, SLOW_QUESTION).await;
        let taken = slow.take();
        assert_eq!(taken.len(), 1);
        assert_eq!((taken[0].route.as_str(), taken[0].status, taken[0].took), ("/traces/{id}", 200, SLOW_QUESTION));
        assert!(slow.take().is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_are_kept_than_the_limit() {
        let slow = Slow::default();
        for _ in 0..SLOW_QUESTIONS_MAX + 3 {
            ask(&slow, SLOW_QUESTION).await;
        }
        assert_eq!(slow.take().len(), SLOW_QUESTIONS_MAX);
    }
}

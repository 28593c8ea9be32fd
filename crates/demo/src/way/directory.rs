//! Which region serves whom: one line with a country in, one line with a region out. It reports nothing, as the inner
//! workings of gateways seldom do, so the time it takes is the gateway's own.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::AbortHandle;

use super::slow;
use crate::limits::{DIRECTORY_LINE_MAX_BYTES, DIRECTORY_WAIT_MAX, WAY_CONNECTIONS_MAX};
use crate::region::{REGIONS, Visitor};

#[derive(Debug)]
pub struct Directory {
    near: SocketAddr,
    far: SocketAddr,
    tasks: [AbortHandle; 2],
}

impl Directory {
    pub async fn open() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let way = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let (near, far) = (listener.local_addr()?, way.local_addr()?);
        let answering = tokio::spawn(answer_all(listener)).abort_handle();
        let tasks = [answering, tokio::spawn(slow::carry_all(way, near)).abort_handle()];
        Ok(Self { near, far, tasks })
    }

    /// The place in [`REGIONS`] of the region that serves a visitor; their own idea of it when the directory does not answer.
    pub async fn region(&self, visitor: Visitor, far: bool) -> usize {
        let address = if far { self.far } else { self.near };
        let asked = tokio::time::timeout(DIRECTORY_WAIT_MAX, ask(address, visitor.country.unwrap_or("*"))).await;
        match asked {
            Ok(Ok(name)) => REGIONS.iter().position(|region| *region == name).unwrap_or(visitor.region),
            Ok(Err(cause)) => {
                tracing::warn!("the directory of regions did not answer: {cause}");
                visitor.region
            }
            Err(_) => {
                tracing::warn!("the directory of regions did not answer within {DIRECTORY_WAIT_MAX:?}");
                visitor.region
            }
        }
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        self.tasks.iter().for_each(AbortHandle::abort);
    }
}

async fn ask(address: SocketAddr, country: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(format!("{country}\n").as_bytes()).await?;
    line(&mut stream).await
}

async fn answer_all(listener: TcpListener) {
    let permits = Arc::new(Semaphore::new(WAY_CONNECTIONS_MAX));
    while let Ok(permit) = Arc::clone(&permits).acquire_owned().await {
        let Ok((stream, _)) = listener.accept().await else { continue };
        tokio::spawn(async move {
            // Who asks notices a failure and says so.
            let _ = tokio::time::timeout(DIRECTORY_WAIT_MAX, answer(stream)).await;
            drop(permit);
        });
    }
}

async fn answer(mut stream: TcpStream) -> io::Result<()> {
    let country = line(&mut stream).await?;
    let region = Visitor::from_country(&country).region_name();
    stream.write_all(format!("{region}\n").as_bytes()).await
}

async fn line(stream: &mut TcpStream) -> io::Result<String> {
    let mut text = String::new();
    BufReader::new(stream.take(DIRECTORY_LINE_MAX_BYTES)).read_line(&mut text).await?;
    Ok(text.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::limits::SLOW_WAY_TAKES;

    #[tokio::test]
    async fn both_ways_lead_to_the_same_answer_and_the_slow_one_takes_its_time_twice() {
        let directory = Directory::open().await.expect("free ports");
        for (country, region) in [("SG", 1), ("DE", 0), ("XX", 0)] {
            assert_eq!(ask(directory.near, country).await.expect("an answer"), REGIONS[region], "{country}");
        }
        let begun = Instant::now();
        assert_eq!(directory.region(Visitor::from_country("SG"), true).await, 1);
        assert!(begun.elapsed() >= 2 * SLOW_WAY_TAKES);
    }

    #[tokio::test]
    async fn a_visitor_is_served_when_the_directory_is_away() {
        let directory = Directory::open().await.expect("free ports");
        let closed = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let near = closed.local_addr().expect("an address");
        drop(closed);
        let directory = Directory { near, far: directory.far, tasks: directory.tasks.clone() };
        assert_eq!(directory.region(Visitor::from_country("SG"), false).await, 1);
    }
}

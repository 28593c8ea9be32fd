//! A way that takes its time: what goes in comes out a while later, in each direction, in order and unharmed.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::time::Instant;

use crate::limits::{SLOW_WAY_TAKES, WAY_CHUNK_BYTES, WAY_CHUNKS_MAX, WAY_CONNECTIONS_MAX};

pub async fn carry_all(listener: TcpListener, target: SocketAddr) {
    let permits = Arc::new(Semaphore::new(WAY_CONNECTIONS_MAX));
    while let Ok(permit) = Arc::clone(&permits).acquire_owned().await {
        let Ok((stream, _)) = listener.accept().await else { continue };
        tokio::spawn(async move {
            // Both ends see a broken connection themselves.
            let _ = carry(stream, target).await;
            drop(permit);
        });
    }
}

async fn carry(stream: TcpStream, target: SocketAddr) -> io::Result<()> {
    let (from, back) = stream.into_split();
    let (answers, to) = TcpStream::connect(target).await?.into_split();
    tokio::try_join!(one_way(from, to), one_way(answers, back)).map(drop)
}

/// Ends with the sender, after all that it sent has arrived.
async fn one_way(from: OwnedReadHalf, mut to: OwnedWriteHalf) -> io::Result<()> {
    let (sender, mut under_way) = mpsc::channel::<(Instant, Vec<u8>)>(WAY_CHUNKS_MAX);
    let taking = take_in(from, sender);
    let giving = async {
        while let Some((due, bytes)) = under_way.recv().await {
            tokio::time::sleep_until(due).await;
            to.write_all(&bytes).await?;
        }
        to.shutdown().await
    };
    tokio::try_join!(taking, giving).map(drop)
}

async fn take_in(mut from: OwnedReadHalf, sender: mpsc::Sender<(Instant, Vec<u8>)>) -> io::Result<()> {
    let mut chunk = vec![0; WAY_CHUNK_BYTES];
    loop {
        let read = from.read(&mut chunk).await?;
        // Without a receiver the other side has failed, and says so itself.
        if read == 0 || sender.send((Instant::now() + SLOW_WAY_TAKES, chunk[..read].to_vec())).await.is_err() {
            return Ok(());
        }
    }
}

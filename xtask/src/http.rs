//! The little of HTTP that this tool needs: whether a port is free, and the status of a GET.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, bail};

const PATIENCE: Duration = Duration::from_secs(2);

/// Fails with what to do when somebody listens on a port of this machine already.
pub fn port_must_be_free(port: u16, what: &str, advice: &str) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) => bail!("port {port} ({what}) cannot be used: {error}; is another limen running? {advice}"),
    }
}

/// The status code of `GET url` (plain http, this machine).
pub fn status(url: &str) -> Result<u16> {
    let rest = url.strip_prefix("http://").context("only http:// can be asked")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let address: SocketAddr = host.parse().with_context(|| format!("{host} is not an address and port"))?;
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let request = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut head = [0; 12];
    stream.read_exact(&mut head)?;
    let head = String::from_utf8_lossy(&head).into_owned();
    head.strip_prefix("HTTP/1.1 ").and_then(|code| code.parse().ok()).with_context(|| format!("odd answer {head:?}"))
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader};

    use super::*;

    #[test]
    fn a_taken_port_is_refused_with_advice() -> Result<()> {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = taken.local_addr()?.port();
        let error = port_must_be_free(port, "OTLP", "Use another.").expect_err("taken").to_string();
        assert!(error.contains(&port.to_string()) && error.contains("Use another."), "{error}");
        Ok(())
    }

    #[test]
    fn the_status_of_an_answer_is_read() -> Result<()> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let url = format!("http://{}/readyz", listener.local_addr()?);
        let server = std::thread::spawn(move || -> Result<String> {
            let (mut stream, _) = listener.accept()?;
            let lines = BufReader::new(stream.try_clone()?).lines();
            let head: Vec<String> = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
            stream.write_all(b"HTTP/1.1 503 Service Unavailable\r\n\r\n")?;
            Ok(head.join("\n"))
        });
        assert_eq!(status(&url)?, 503);
        assert!(server.join().expect("the server thread ends")?.starts_with("GET /readyz HTTP/1.1\n"));
        Ok(())
    }
}

//! The little of HTTP that this tool needs: whether a port is free, and the answer to a GET or a PUT.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, bail};

const PATIENCE: Duration = Duration::from_secs(2);
/// Of an answer, so much is read.
const ANSWER_BYTES_MAX: u64 = 64 * 1024;

/// Fails with what to do when somebody listens on a port of this machine already.
pub fn port_must_be_free(port: u16, what: &str, advice: &str) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) => bail!("port {port} ({what}) cannot be used: {error}; is another limen running? {advice}"),
    }
}

/// The status code of `GET url` (plain http, this machine).
pub fn status(url: &str) -> Result<u16> {
    let mut stream = send("GET", url, "")?;
    let mut head = [0; 12];
    stream.read_exact(&mut head)?;
    status_of(&String::from_utf8_lossy(&head))
}

/// The status code and body of `PUT url` with JSON (plain http, this machine).
pub fn put_json(url: &str, body: &str) -> Result<(u16, String)> {
    let stream = send("PUT", url, body)?;
    let mut answer = Vec::new();
    stream.take(ANSWER_BYTES_MAX).read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").context("an answer without an end of its head")?;
    Ok((status_of(head)?, body.to_owned()))
}

fn send(method: &str, url: &str, body: &str) -> Result<TcpStream> {
    let rest = url.strip_prefix("http://").context("only http:// can be asked")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let address: SocketAddr = host.parse().with_context(|| format!("{host} is not an address and port"))?;
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let length = match body.len() {
        0 => String::new(),
        length => format!("Content-Type: application/json\r\nContent-Length: {length}\r\n"),
    };
    let request = format!("{method} /{path} HTTP/1.1\r\nHost: {host}\r\n{length}Connection: close\r\n\r\n{body}");
    stream.write_all(request.as_bytes())?;
    Ok(stream)
}

fn status_of(head: &str) -> Result<u16> {
    let code = head.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok());
    code.with_context(|| format!("odd answer {head:?}"))
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

    #[test]
    fn a_put_brings_its_body_and_takes_the_answers() -> Result<()> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let url = format!("http://{}/faults", listener.local_addr()?);
        let server = std::thread::spawn(move || -> Result<String> {
            let (mut stream, _) = listener.accept()?;
            let mut got = String::new();
            while !got.ends_with("{\"a\":1}") {
                let mut piece = [0; 256];
                let read = stream.read(&mut piece)?;
                anyhow::ensure!(read > 0, "it ended early: {got}");
                got.push_str(&String::from_utf8_lossy(&piece[..read]));
            }
            stream.write_all(b"HTTP/1.1 409 Conflict\r\nContent-Length: 4\r\n\r\nbusy")?;
            Ok(got)
        });
        assert_eq!(put_json(&url, "{\"a\":1}")?, (409, "busy".to_owned()));
        let got = server.join().expect("the server thread ends")?;
        assert!(got.starts_with("PUT /faults HTTP/1.1\r\n") && got.contains("Content-Length: 7\r\n"), "{got}");
        Ok(())
    }
}

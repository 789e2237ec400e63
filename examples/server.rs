//! A server without a window whose request handler is Nim, replaced under load: no request is lost. `cargo run --example server`, then
//! `curl localhost:8080/anything`, and edit `examples/server/handler.nim`.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};

use midair::{Proc, Program};

type Handler = Proc<fn(&str) -> (i64, String)>;

fn answer(mut stream: TcpStream, handler: &Handler) -> std::io::Result<()> {
    let mut line = String::new();
    BufReader::new(stream.try_clone()?).read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or("/");
    // What the handler raises is this request's matter alone.
    let (status, body) = handler
        .call(path)
        .unwrap_or_else(|error| (500, error.to_string()));
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status} -\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

/// Serves until `stop`, a thread a request, and reloads when the handler's file has changed.
pub fn serve(
    listener: &TcpListener,
    program: &Program,
    stop: &AtomicBool,
) -> Result<(), Box<dyn std::error::Error>> {
    let handler: Handler = program.handle("handler", "handle")?;
    listener.set_nonblocking(true)?;
    std::thread::scope(|scope| {
        while !stop.load(Ordering::Relaxed) {
            match program.reload_if_changed() {
                Ok(Some(report)) => println!("{report}"),
                Ok(None) => {}
                Err(error) => eprintln!("{error}"),
            }
            match listener.accept() {
                Ok((stream, _)) => {
                    stream.set_nonblocking(false)?;
                    let handler = handler.clone();
                    // A client that is gone needs no answer.
                    scope.spawn(move || drop(answer(stream, &handler)));
                }
                Err(_) => std::thread::sleep(std::time::Duration::from_millis(1)),
            }
        }
        Ok(())
    })
}

/// Serves on port 8080.
pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/server/handler.nim");
    let program = Program::builder().watch(true).load(file)?;
    let listener = TcpListener::bind("127.0.0.1:8080")?;
    println!("http://{}", listener.local_addr()?);
    serve(&listener, &program, &AtomicBool::new(false))
}

//! The examples without a window, each run as its readers would.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

#[path = "../examples/host_functions.rs"]
#[allow(dead_code)]
mod host_functions;
#[cfg(feature = "watch")]
#[path = "../examples/live_tuning.rs"]
#[allow(dead_code)]
mod live_tuning;
#[path = "../examples/minimal.rs"]
mod minimal;
#[path = "../examples/server.rs"]
#[allow(dead_code)]
mod server;
#[path = "../examples/threads.rs"]
#[allow(dead_code)]
mod threads;

const LIMIT: Duration = Duration::from_secs(120);

#[test]
fn minimal_greets() {
    minimal::main().unwrap();
}

#[test]
fn threads_see_whole_versions() {
    assert!(threads::run(20).unwrap() >= 20);
}

#[test]
fn host_functions_draw() {
    let expected = "


          #####
          #####
     @    #####
=== === === === === ===";
    assert_eq!(host_functions::picture().unwrap(), &expected[1..]);
}

/// A folder of the test's own with a copy of a file, and its path there.
fn copy_of(file: &str) -> (std::path::PathBuf, String) {
    let name = std::path::Path::new(file).file_name().unwrap();
    let dir =
        std::env::temp_dir().join(format!("midair-{}-{}", name.display(), std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let text = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file))
        .unwrap();
    std::fs::write(dir.join(name), &text).unwrap();
    (dir.join(name), text)
}

#[cfg(feature = "watch")]
#[test]
fn constants_are_tuned_live_and_a_crash_waits_for_its_fix() {
    let (file, text) = copy_of("examples/live_tuning/tuning.nim");
    let steps = [
        ("letter = 'o'", "letter = '@'", "@"),
        (
            "result.add letter",
            "result.add letter; raise newException(ValueError, \"oh\")",
            "paused",
        ),
        ("letter = 'o'", "letter = '*'", "*"),
    ];
    let (mut step, started) = (0, Instant::now());
    live_tuning::run(file.to_str().unwrap(), |line| {
        assert!(started.elapsed() < LIMIT, "waited in vain for step {step}");
        let wanted = if step == 0 { "o" } else { steps[step - 1].2 };
        if !line.ends_with(wanted) {
            return true;
        }
        let Some((from, to, _)) = steps.get(step) else {
            return false;
        };
        std::fs::write(&file, text.replace(from, to)).unwrap();
        step += 1;
        true
    })
    .unwrap();
    std::fs::remove_dir_all(file.parent().unwrap()).unwrap();
}

fn get(address: std::net::SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_server_is_reloaded_under_load_and_loses_no_request() {
    let (file, text) = copy_of("examples/server/handler.nim");
    let program = midair::Program::builder().load(&file).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, enough) = (AtomicBool::new(false), AtomicBool::new(false));
    let answered = AtomicU32::new(0);
    std::thread::scope(|scope| {
        scope.spawn(|| server::serve(&listener, &program, &stop).unwrap());
        assert!(get(address, "/missing").starts_with("HTTP/1.1 404"));
        let ask = || {
            while !enough.load(Ordering::Relaxed) {
                let answer = get(address, "/x");
                assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
                answered.fetch_add(1, Ordering::Relaxed);
            }
        };
        let clients = [(); 3].map(|()| scope.spawn(ask));
        for version in 1..4 {
            let asked = format!("version {version} heard ");
            std::fs::write(&file, text.replace("you asked for ", &asked)).unwrap();
            let started = Instant::now();
            while !get(address, "/y").contains(&asked) {
                assert!(
                    started.elapsed() < LIMIT,
                    "version {version} never answered"
                );
            }
        }
        // The server first answers what it was asked.
        enough.store(true, Ordering::Relaxed);
        for client in clients {
            client.join().unwrap();
        }
        stop.store(true, Ordering::Relaxed);
    });
    assert!(answered.load(Ordering::Relaxed) > 0);
    std::fs::remove_dir_all(file.parent().unwrap()).unwrap();
}

//! Standard output and error of the guest.
//!
//! Goes through C's `stdout`, so that it interleaves in order with what C functions print, is line-buffered on a
//! terminal, and is flushed when the process ends in an orderly way. A host can take it instead ([`Output::redirect`]).

#![allow(unsafe_code)] // C's stdio

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// Where a text goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Stream {
    Stdout,
    Stderr,
}

/// Takes what the program writes. An empty text on standard output is a flush.
pub type Sink = Box<dyn FnMut(Stream, &[u8]) + Send>;

/// See the [module](self).
#[derive(Default)]
pub struct Output {
    redirected: AtomicBool,
    sink: Mutex<Option<Sink>>,
}

mod c {
    unsafe extern "C" {
        #[cfg_attr(target_os = "macos", link_name = "__stdoutp")]
        pub(super) static mut stdout: *mut libc::FILE;
        #[cfg_attr(target_os = "macos", link_name = "__stderrp")]
        pub(super) static mut stderr: *mut libc::FILE;
    }
}

impl Output {
    /// Gives what is written from now on to a function; `None`: to the process's own streams again.
    pub fn redirect(&self, sink: Option<Sink>) {
        let mut held = self
            .sink
            .lock()
            .unwrap_or_else(|poison| poison.into_inner());
        self.redirected.store(sink.is_some(), Ordering::Release);
        *held = sink;
    }

    /// Writes. What is written to standard error comes after all that was written to standard output before.
    pub fn write(&self, stream: Stream, text: &[u8]) {
        if self.redirected.load(Ordering::Acquire) {
            let mut held = self
                .sink
                .lock()
                .unwrap_or_else(|poison| poison.into_inner());
            if let Some(sink) = held.as_mut() {
                return sink(stream, text);
            }
        }
        if stream == Stream::Stderr {
            self.flush();
        }
        // SAFETY: C's streams are there as long as the process, and `text` is readable.
        unsafe {
            let file = if stream == Stream::Stdout {
                c::stdout
            } else {
                c::stderr
            };
            libc::fwrite(text.as_ptr().cast(), 1, text.len(), file);
        }
    }

    /// Writes texts and the end of the line to standard output, with nothing of other threads between them unless memory is short.
    pub fn echo(&self, texts: &[&[u8]]) {
        let len = texts.iter().map(|text| text.len()).sum::<usize>() + 1;
        let mut line = Vec::new();
        if line.try_reserve_exact(len).is_ok() {
            texts.iter().for_each(|text| line.extend_from_slice(text));
            line.push(b'\n');
            return self.write(Stream::Stdout, &line);
        }
        texts
            .iter()
            .for_each(|text| self.write(Stream::Stdout, text));
        self.write(Stream::Stdout, b"\n");
    }

    /// Flushes standard output.
    pub fn flush(&self) {
        if self.redirected.load(Ordering::Acquire) {
            let mut held = self
                .sink
                .lock()
                .unwrap_or_else(|poison| poison.into_inner());
            if let Some(sink) = held.as_mut() {
                return sink(Stream::Stdout, &[]);
            }
        }
        // SAFETY: C's stream is there as long as the process.
        unsafe { libc::fflush(c::stdout) };
    }
}

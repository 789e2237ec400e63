//! What a program asks of its surroundings.

use std::path::PathBuf;

use crate::source::Place;

/// The surroundings of a machine. What a host does not do, it refuses with a message.
pub trait Host {
    /// Why something is not done here.
    fn refusal(&self, what: &str) -> String {
        format!("cannot interpret: {what}")
    }

    /// Output to standard output (1) or error (2).
    ///
    /// # Errors
    /// What is refused.
    fn write(&mut self, stream: i32, text: &[u8]) -> Result<(), String>;

    /// Flushes standard output.
    ///
    /// # Errors
    /// What is refused.
    fn flush(&mut self) -> Result<(), String> {
        Ok(())
    }

    /// `performCodeReload()`: was any code replaced?
    ///
    /// # Errors
    /// What is refused.
    fn perform_reload(&mut self) -> Result<bool, String> {
        Ok(false)
    }

    /// A question to the compiler, at compile time.
    ///
    /// # Errors
    /// What is refused, and why the code cannot go on.
    fn ask(&mut self, _request: &[u8]) -> Result<Vec<u8>, String> {
        Err(self.refusal("a question to the compiler"))
    }

    /// `hasAnyModuleChanged()`.
    fn any_module_changed(&mut self) -> bool {
        false
    }

    /// `hasModuleChanged(name)`.
    fn module_changed(&mut self, _name: &str) -> bool {
        false
    }

    /// The command line: the program, then its arguments.
    fn args(&self) -> &[Vec<u8>] {
        &[]
    }

    /// File and line of a place, for stack traces.
    fn locate(&self, _place: Place) -> Option<(PathBuf, u32)> {
        None
    }
}

/// A host that keeps the output.
#[derive(Default, Debug)]
pub struct Captured {
    /// What was written to standard output.
    pub out: Vec<u8>,
    /// What was written to standard error.
    pub err: Vec<u8>,
    /// The command line: the program, then its arguments.
    pub args: Vec<Vec<u8>>,
}

impl Captured {
    /// Standard output as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }
}

impl Host for Captured {
    fn write(&mut self, stream: i32, text: &[u8]) -> Result<(), String> {
        match stream {
            1 => self.out.extend(text),
            _ => self.err.extend(text),
        }
        Ok(())
    }

    fn args(&self) -> &[Vec<u8>] {
        &self.args
    }
}

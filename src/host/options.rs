//! How a program is compiled and run.

use std::path::PathBuf;

use crate::ffi::link;
use crate::sema::Config;
use crate::sema::typed::Checks;
use crate::source::{Name, SearchPaths};

/// Everything but the program itself. The default is what `midair run` uses without flags, with the packages of the user
/// left out.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where modules are looked up.
    pub search: SearchPaths,
    /// `-d:NAME[:VALUE]`, in order; a later one wins.
    pub defines: Vec<(String, String)>,
    /// `--undef:NAME`, taken away after all defines.
    pub undefines: Vec<String>,
    /// The run-time checks that are on.
    pub checks: Checks,
    /// What the program sees as its command line.
    pub args: Vec<String>,
    /// Loops can be broken from another thread; costs a load and a branch each round.
    pub interruptible: bool,
    /// `--passL:WORDS`: libraries in which C functions are looked for that name none.
    pub linked: Vec<String>,
    /// Check all of the standard modules that the program imports, not only what it needs of them: for work on these.
    pub whole_library: bool,
    /// `--threads:on`, as in Nim 2: what declares to be `gcsafe` is compared with what it does.
    pub threads: bool,
    /// No reload is expected: small procs of the program are copied into their callers, wherever that is. With `-d:release` also those
    /// that a stack trace would show. A reload works as ever, but procs that are on the stack meanwhile go on with what was copied
    /// into them. Of no effect in a program that can ask for reloads itself.
    pub fixed: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            search: SearchPaths::default(),
            defines: Vec::new(),
            undefines: Vec::new(),
            checks: Checks::ON,
            args: Vec::new(),
            interruptible: false,
            linked: Vec::new(),
            whole_library: false,
            threads: true,
            fixed: false,
        }
    }
}

impl Options {
    /// Adds a search path, behind those that are there.
    pub fn path(&mut self, path: impl Into<PathBuf>) {
        self.search.paths.push(path.into());
    }

    /// `-d:name` or, with a value, `-d:name:value`. `danger` turns all checks off and implies `release`, as in Nim.
    pub fn define(&mut self, name: &str, value: Option<&str>) {
        if name.eq_ignore_ascii_case("danger") {
            self.checks = Checks::OFF;
            self.defines.push(("release".into(), "true".into()));
        }
        let value = value.unwrap_or("true").to_owned();
        self.defines.push((name.to_owned(), value));
    }

    /// Looks for C functions that name no library in those of `words`, as a linker takes them: `-lfoo -L/opt/lib /opt/lib/libbar.so`.
    ///
    /// # Errors
    /// When a word is no library that can be loaded: a static library, an object file, a flag that is not known.
    pub fn link(&mut self, words: &str) -> std::result::Result<(), String> {
        match link::unknown(words) {
            Some(word) => Err(format!(
                "passL: \"{word}\" is no library that can be loaded"
            )),
            None => {
                self.linked.push(words.to_owned());
                Ok(())
            }
        }
    }
}

impl Options {
    /// The part that sema sees.
    pub(super) fn config(&self) -> Config {
        let mut config = Config {
            checks: self.checks,
            whole_library: self.whole_library,
            threads: self.threads,
            linked: {
                let more = self.linked.iter().filter(|words| link::is_more(words));
                more.map(|words| words.as_str().into()).collect()
            },
            ..Config::default()
        };
        for (name, value) in &self.defines {
            config.define(name, value);
        }
        for name in &self.undefines {
            // The names in a config are normalized.
            config
                .defines
                .retain(|known, _| Name::new(known) != Name::new(&name.to_ascii_lowercase()));
        }
        config
    }
}

/// Does `defined(name)` hold under `options`?
pub fn is_defined(options: &Options, name: &str) -> bool {
    options.config().defined(name).is_some()
}

//! Libraries that the C compiler builds, loaded in both ways of reloaders.

use std::path::Path;
use std::process::Command;
use std::sync::{Arc, RwLock};

use hot_lib_reloader::LibReloader;

/// Builds `lib{name}.so`; gives its path.
pub fn build(folder: &Path, name: &str, text: &str) -> std::path::PathBuf {
    let source = folder.join(format!("{name}.c"));
    let library = folder.join(format!("lib{name}.so"));
    std::fs::write(&source, text).expect("a file");
    let mut cc = Command::new("cc");
    let cc = cc.args(["-shared", "-fPIC", "-O1", "-o"]);
    let built = cc.arg(&library).arg(&source).status();
    assert!(built.expect("cc is installed").success());
    library
}

/// Builds a library and loads it.
pub fn library(folder: &Path, name: &str, text: &str) -> libloading::Library {
    // SAFETY: the library has no initialisers.
    unsafe { libloading::Library::new(build(folder, name, text)) }.expect("it loads")
}

/// A library as the macro of `hot-lib-reloader` holds it.
#[derive(Clone)]
pub struct Hot(Arc<RwLock<LibReloader>>);

impl Hot {
    pub fn load(folder: &Path, name: &str) -> Hot {
        let loader = LibReloader::new(folder, name, None, None);
        Hot(Arc::new(RwLock::new(loader.expect("it loads"))))
    }

    /// What the macro makes of a function: another reference of the lock, the lock, the symbol by name.
    #[inline]
    pub fn step(&self, x: i64) -> i64 {
        let loader = self.0.clone();
        let loader = loader.read().expect("no thread has panicked");
        // SAFETY: the function has this type.
        let step = unsafe { loader.get_symbol::<extern "C" fn(i64) -> i64>(b"step\0") };
        step.expect("it is there")(x)
    }
}

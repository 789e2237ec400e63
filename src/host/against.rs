//! What a reload from one version to another would do, without running anything of either.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::error::{Error, Result};
use super::front::Front;
use super::options::Options;
use crate::patch::{self, Modules, ReloadError};
use crate::source::{Disk, Provider, Stamp, normalize};

/// Shows the files of one folder at the place of another, until the version changes.
struct Versions {
    inner: Arc<dyn Provider>,
    old: PathBuf,
    new: PathBuf,
    is_new: AtomicBool,
}

impl Versions {
    fn path(&self, path: &Path) -> PathBuf {
        match path.strip_prefix(&self.new) {
            Ok(rest) if !self.is_new.load(Ordering::Relaxed) => self.old.join(rest),
            _ => path.to_owned(),
        }
    }
}

impl Provider for Versions {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.inner.read(&self.path(path))
    }

    fn is_file(&self, path: &Path) -> bool {
        self.inner.is_file(&self.path(path))
    }

    fn base(&self) -> PathBuf {
        self.inner.base()
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        self.inner.stamp(&self.path(path))
    }

    fn directories(&self, path: &Path) -> Vec<String> {
        self.inner.directories(&self.path(path))
    }
}

/// See [`Builder::plan_against`](super::Builder::plan_against).
pub(super) fn plan(
    provider: Option<Arc<dyn Provider>>,
    options: &Options,
    old: &Path,
    file: &Path,
) -> Result<Vec<String>> {
    let inner = provider.unwrap_or_else(|| Arc::new(Disk));
    let base = inner.base();
    let versions = Arc::new(Versions {
        old: normalize(&base.join(old)),
        new: normalize(&base.join(file.parent().unwrap_or(Path::new("")))),
        is_new: AtomicBool::new(false),
        inner,
    });
    let mut front = Front::new(versions.clone(), options, file.to_owned());
    front.compile().map_err(|failure| failure.error)?;
    let old = front
        .accept()
        .map_or_else(Modules::default, |compiled| compiled.modules.clone());
    versions.is_new.store(true, Ordering::Relaxed);
    let Some(new) = front.compile().map_err(|failure| failure.error)? else {
        return Ok(vec!["nothing changed".to_owned()]);
    };
    patch::preview(&old, &new.modules, &new.changed, front.ids())
        .map_err(|refusal| Error::of_reload(&ReloadError::Refused(refusal)))
}

//! What the [gate](super::gate) is made of. Its model has another module of this name.

pub use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
pub use std::sync::{Condvar, Mutex, MutexGuard};

pub use crate::os::barrier::{heavy, light};

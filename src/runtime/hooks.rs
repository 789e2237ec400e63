//! What the runtime asks of the layers above it.

use crate::source::Place;

use super::Context;

/// Who reloads when the guest program asks for it.
pub trait Reloader: Send + Sync {
    /// `performCodeReload()`, on the thread that calls. May leave an exception pending in the context.
    fn perform(&self, context: &mut Context);
    /// `hasAnyModuleChanged()`.
    fn any_changed(&self) -> bool;
    /// `hasModuleChanged(m)`.
    fn changed(&self, module: &str) -> bool;
}

/// Who knows where places are in files as they are now loaded.
pub trait Positions: Send + Sync {
    /// The file as messages show it, and the line from 1.
    fn position(&self, place: Place) -> Option<(String, u32)>;
}

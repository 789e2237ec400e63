//! *Before* handlers, and how to get past one that always raises.
//!
//! In: the handlers that a plan wants run, in order. Out: the reload may go on, or an error, which is a veto: nothing has changed yet.
//!
//! They run in the code that is live, so a handler that has an error of its own would veto its own repair. One that has raised is left
//! out when a later save gives a version that edits it or does not have it any more, and the report says so. Not at the first time:
//! that a handler is edited does not take away what it has to say, and somebody has to have read it. [`Afresh::skip_before`](super::Afresh::skip_before) leaves all of them out.

use super::LiveProgram;
use super::image::Image;
use super::plan::Plan;
use super::reload::guest;
use super::report::{ReloadError, Report};
use crate::fail;
use crate::mir::ProcId;

/// What a user can do about a handler that the new version has as it is.
const NOT_EDITED: &str = "once this handler is edited or removed, a reload leaves it out; `midair reload --skip-before` leaves out all now";
/// The same where the new version edits it.
const EDITED: &str = "the new version edits or removes this handler: once something is saved again, a reload leaves it out; \
                      `midair reload --skip-before` leaves out all now";

impl LiveProgram {
    /// Runs the *before* handlers.
    ///
    /// # Errors
    /// The first one that raises.
    pub(super) fn run_before(
        &self,
        plan: &Plan,
        next: &Image,
        had_run: &mut Vec<String>,
        report: &mut Report,
    ) -> Result<(), ReloadError> {
        if plan.skips_before {
            report.warnings.push("no before handler was run".into());
        }
        for run in &plan.before {
            let edited = self.is_edited(run.proc, next);
            if edited && self.state().vetoed.contains(&run.proc) {
                report.warnings.push(format!(
                    "a before handler of {} was left out: it has raised at the last reload, and this one edits or removes it",
                    run.module
                ));
                continue;
            }
            fail::point("handler")?;
            if let Err(error) = self.run_handler(run.proc) {
                self.state().vetoed.insert(run.proc);
                let advice = if edited { EDITED } else { NOT_EDITED };
                return Err(guest(&run.module, "before handler", error, had_run).with(advice));
            }
            had_run.push(format!("{}: before handler", run.module));
            fail::point("handler")?;
        }
        Ok(())
    }

    /// Has the next version this *before* handler no more, or with another body?
    fn is_edited(&self, handler: ProcId, next: &Image) -> bool {
        let registered = next.modules.iter().any(|image| {
            let mut handlers = image.module.handlers.iter();
            handlers.any(|other| other.before && other.proc == handler)
        });
        let fingerprint = |image: &Image| image.proc(handler).map(|proc| proc.0);
        !registered || fingerprint(&self.state().image) != fingerprint(next)
    }
}

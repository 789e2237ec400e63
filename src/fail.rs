//! Points at which a reload can be made to fail, so that tests can see that it leaves nothing behind.
//!
//! Whatever can fail on the way asks [`point`] first. Outside of this crate's own tests that is nothing.

/// Fails where a test wants it to.
///
/// # Errors
/// When it does.
#[cfg(not(test))]
#[inline(always)]
pub(crate) fn point(_name: &'static str) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
pub(crate) use injection::point;

#[cfg(test)]
pub(crate) mod injection {
    use std::cell::RefCell;
    use std::io;

    thread_local! {
        static PLAN: RefCell<Option<Plan>> = const { RefCell::new(None) };
    }

    /// Which of the points that the thread passes fails.
    struct Plan {
        fails: usize,
        /// All after it do too.
        on: bool,
        passed: Vec<&'static str>,
    }

    pub(crate) fn point(name: &'static str) -> io::Result<()> {
        PLAN.with(|plan| {
            let Ok(mut plan) = plan.try_borrow_mut() else {
                return Ok(());
            };
            let Some(plan) = &mut *plan else {
                return Ok(());
            };
            plan.passed.push(name);
            let number = plan.passed.len() - 1;
            match number == plan.fails || plan.on && number > plan.fails {
                true => Err(io::Error::other(format!("injected at {name}"))),
                false => Ok(()),
            }
        })
    }

    /// Has the point with this number fail in what `work` does on this thread. Gives the points that were passed.
    pub(crate) fn failing<R>(fails: usize, work: impl FnOnce() -> R) -> (R, Vec<&'static str>) {
        with_plan(fails, false, work)
    }

    /// The same for that point and all that come after it.
    pub(crate) fn failing_from<R>(
        fails: usize,
        work: impl FnOnce() -> R,
    ) -> (R, Vec<&'static str>) {
        with_plan(fails, true, work)
    }

    fn with_plan<R>(fails: usize, on: bool, work: impl FnOnce() -> R) -> (R, Vec<&'static str>) {
        let passed = Vec::new();
        PLAN.with(|plan| *plan.borrow_mut() = Some(Plan { fails, on, passed }));
        let result = work();
        let plan = PLAN.with(|plan| plan.borrow_mut().take());
        (result, plan.map(|plan| plan.passed).unwrap_or_default())
    }
}

//! When the compiler was started: `CompileDate` and `CompileTime`.
//!
//! One moment for all modules and versions, so that a reload finds the same text where it is compiled again. In UTC, since
//! what is compiled where should not depend on the machine's time zone.

use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

/// Date (`yyyy-mm-dd`) and time (`hh:mm:ss`).
pub(super) fn started() -> (&'static str, &'static str) {
    static STARTED: OnceLock<(String, String)> = OnceLock::new();
    let (date, time) = STARTED.get_or_init(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        show(since.map_or(0, |since| since.as_secs()))
    });
    (date, time)
}

/// The civil date of a day is Howard Hinnant's `civil_from_days`.
fn show(seconds: u64) -> (String, String) {
    let (days, rest) = (seconds / 86_400 + 719_468, seconds % 86_400);
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let in_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * in_year + 2) / 153;
    let day = in_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    let (hours, minutes, seconds) = (rest / 3600, rest / 60 % 60, rest % 60);
    (
        format!("{year:04}-{month:02}-{day:02}"),
        format!("{hours:02}:{minutes:02}:{seconds:02}"),
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn dates() {
        let shown = |seconds| super::show(seconds);
        assert_eq!(shown(0), ("1970-01-01".into(), "00:00:00".into()));
        assert_eq!(shown(951_827_696), ("2000-02-29".into(), "12:34:56".into()));
        assert_eq!(
            shown(1_798_761_599),
            ("2026-12-31".into(), "23:59:59".into())
        );
    }
}

//! What an embedder's first build costs, beside that of Cranelift alone; and the hosts that it makes.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::measure::Times;

/// Builds of the same crate.
#[derive(Clone, Copy)]
enum Profile {
    /// The dev profile as it is.
    Dev,
    /// With what the guide tells embedders to set.
    DevOptimized,
    Release,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Profile::Dev => "dev",
            Profile::DevOptimized => "dev, `[profile.dev.package.\"*\"] opt-level = 3`",
            Profile::Release => "release",
        }
    }

    /// Of the directory that cargo writes to, and the one in it.
    fn folders(self) -> (&'static str, &'static str) {
        match self {
            Profile::Dev => ("dev", "debug"),
            Profile::DevOptimized => ("dev-optimized", "debug"),
            Profile::Release => ("release", "release"),
        }
    }

    fn args(self) -> &'static [&'static str] {
        match self {
            Profile::Dev => &[],
            Profile::DevOptimized => &["--config", "profile.dev.package.\"*\".opt-level=3"],
            Profile::Release => &["--release"],
        }
    }
}

/// Processor time of all processes that have ended and were waited for, in seconds.
fn children() -> f64 {
    // SAFETY: all zeros is a valid value of the structure, which the call fills.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        assert_eq!(libc::getrusage(libc::RUSAGE_CHILDREN, &mut usage), 0);
        usage
    };
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

/// Builds a crate of this workspace with all its dependencies from nothing; gives the processor time, and where the program is.
fn build(package: &str, profile: Profile) -> (f64, PathBuf) {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (name, kind) = profile.folders();
    let target = crate_folder.join("target/cold").join(package).join(name);
    let _ = std::fs::remove_dir_all(&target);
    let before = children();
    let mut cargo = Command::new("cargo");
    cargo.args([
        "build",
        "--quiet",
        "--locked",
        "-p",
        package,
        "--target-dir",
    ]);
    cargo
        .arg(&target)
        .args(profile.args())
        .current_dir(crate_folder);
    assert!(cargo.status().expect("cargo is installed").success());
    (children() - before, target.join(kind).join(package))
}

/// Hosts in the dev profile.
pub struct Hosts {
    hosts: Vec<(&'static str, PathBuf)>,
}

/// Builds everything, or the least to see that it works. Gives a text about it, and the hosts.
pub fn all(smoke: bool) -> (String, Hosts) {
    let mut text = String::from(
        "## The first build of an embedder\n\nProcessor time of `cargo build` from nothing, in seconds: a host that uses midair with default \
         features off, beside a program that uses the same parts of Cranelift and nothing else.\n\n\
         | profile | Cranelift alone | midair | midair / Cranelift |\n|---|--:|--:|--:|\n",
    );
    let mut hosts = Hosts { hosts: Vec::new() };
    let profiles = [Profile::Dev, Profile::DevOptimized, Profile::Release];
    for profile in profiles.into_iter().take(if smoke { 1 } else { 3 }) {
        let (alone, _) = build("midair-peers-cranelift", profile);
        let (midair, host) = build("midair-peers-host", profile);
        let ratio = midair / alone;
        let name = profile.name();
        let _ = writeln!(text, "| {name} | {alone:.1} | {midair:.1} | {ratio:.2} |");
        match profile {
            Profile::Dev => hosts.hosts.push(("midair, host in dev profile", host)),
            Profile::DevOptimized => {
                let name = "midair, host in dev profile, dependencies optimized";
                hosts.hosts.push((name, host));
            }
            Profile::Release => {}
        }
    }
    (text, hosts)
}

impl Hosts {
    /// What they measure of calls (`call`) or reloads (`reload`) with so many functions.
    pub fn measure(&self, what: &str, procs: usize, rounds: i64) -> Vec<(String, Times)> {
        let measure = |(name, host): &(&str, PathBuf)| {
            let args = [procs.to_string(), rounds.to_string()];
            let output = Command::new(host).args(args).output().expect("it runs");
            assert!(output.status.success(), "{name}");
            let text = String::from_utf8(output.stdout).expect("a text");
            let lines = text.lines().filter_map(|line| line.split_once(' '));
            let lines = lines.filter(|(key, _)| *key == what);
            let times = lines.map(|(_, time)| time.parse().expect("a number"));
            ((*name).to_owned(), Times(times.collect()))
        };
        self.hosts.iter().map(measure).collect()
    }
}

//! What a call and a reload cost, beside peers, in one run: `cargo run --release` in this folder writes `benches/RESULTS.md` and its plots.
//!
//! ```console
//! $ cargo run --release                      # everything
//! $ cargo run --release -- --smoke           # the same in short, without builds, into target/smoke
//! $ cargo run --release -- [--smoke] spread  # some tables, printed
//! ```
//!
//! Every way to call runs the same function with the result of the call before as its argument, and its end result is compared. The
//! ways take turns over many rounds; the figures are the least and the median of the rounds. Every way to reload is given the
//! same edit: another constant in the last of so many functions, from text in memory or in a file to a call that gives it.

mod arguments;
mod c;
mod call;
mod cold;
mod measure;
mod plot;
mod reload;
mod spread;
mod threads;

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use measure::{Effort, Table, add_column};

/// In the order of the results. The last is not a table.
const SECTIONS: [&str; 9] = [
    "call", "host", "strings", "slices", "objects", "spread", "threads", "reload", "cold",
];

fn said(command: &str, args: &[&str]) -> String {
    let output = Command::new(command).args(args).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    text.unwrap_or_default()
        .lines()
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned()
}

fn machine() -> String {
    let read = |path| std::fs::read_to_string(path).unwrap_or_default();
    let cpus = read("/proc/cpuinfo");
    let model = cpus
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("unknown processor", |(_, model)| model);
    let count = std::thread::available_parallelism().map_or(0, usize::from);
    format!(
        "{model}, {count} processors, {} {}, load {} when it began; {}; {}; {}",
        said("uname", &["-s"]),
        said("uname", &["-r"]),
        read("/proc/loadavg").split(' ').next().unwrap_or_default(),
        said("rustc", &["--version"]),
        said("nim", &["--version"]),
        said("cc", &["--version"]),
    )
}

/// What is measured, and for how long.
struct Run {
    effort: Effort,
    smoke: bool,
    sections: Vec<&'static str>,
    /// Where libraries and texts are made.
    folder: PathBuf,
}

impl Run {
    fn has(&self, section: &str) -> bool {
        self.sections.contains(&section)
    }

    /// The tables in order, each with its plot in `plots`, and the text about builds.
    fn text(&self, plots: &Path) -> String {
        let cold = self.has("cold").then(|| cold::all(self.smoke));
        let hosts = cold.as_ref().map(|(_, hosts)| hosts);
        let mut text = String::new();
        let mut put = |table: Table| {
            eprintln!("{}: done", table.name);
            plot::write(&table, plots);
            let (title, name) = (&table.title, table.name);
            let folder = plots.file_name().unwrap_or_default().display();
            let _ = write!(
                text,
                "\n{}\n![{title}]({folder}/{name}.svg)\n",
                table.markdown()
            );
        };
        let (folder, effort) = (&*self.folder, self.effort);
        for section in &self.sections {
            match *section {
                "call" => {
                    let mut table = call::to_guest(folder, effort);
                    if let Some(hosts) = hosts {
                        let found = hosts.measure("call", 100, effort.builds);
                        add_column(&mut table.rows, 0, found);
                    }
                    put(table);
                }
                "host" => put(call::to_host(folder, effort)),
                "strings" => put(arguments::strings(folder, effort)),
                "slices" => put(arguments::slices(folder, effort)),
                "objects" => put(arguments::objects(folder, effort)),
                "spread" => put(spread::all(folder, effort)),
                "threads" => put(threads::all(folder, effort)),
                "reload" => put(reload::all(folder, effort, hosts)),
                _ => {}
            }
        }
        if let Some((builds, _)) = cold {
            let _ = write!(text, "\n{builds}");
        }
        text
    }
}

const NOTES: &str = "\n`hot-lib-reloader` is measured with its own loader, used as its macro uses it: a reference of a lock, the lock, and the symbol \
     by name at each call; its reload is `cargo build`, and then what `dlopen` is. `subsecond::call` is a plain call in a release \
     build; its reload is a build of the host by `dx`, which has no place in one process with the others. rhai has no threads \
     unless built with `sync`, and roto's functions are called by one thread here.\n";

fn main() {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let smoke = args.iter().any(|arg| arg == "--smoke");
    args.retain(|arg| arg != "--smoke");
    if let Some(wrong) = args.iter().find(|arg| !SECTIONS.contains(&&***arg)) {
        eprintln!("no such table: {wrong}; there are: {}", SECTIONS.join(" "));
        std::process::exit(2);
    }
    let is_meant = |section: &&str| match args.is_empty() {
        true => !smoke || *section != "cold",
        false => args.iter().any(|arg| arg == section),
    };
    let folder = std::env::temp_dir().join(format!("midair-peers-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let run = Run {
        effort: if smoke { Effort::SMOKE } else { Effort::FULL },
        smoke,
        sections: SECTIONS.into_iter().filter(is_meant).collect(),
        folder,
    };
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = match smoke || !args.is_empty() {
        true => own.join("target/smoke"),
        false => own.join(".."),
    };
    let plots = out.join("plots");
    std::fs::create_dir_all(&plots).expect("a folder");
    let (machine, date) = (machine(), said("date", &["-u", "+%Y-%m-%d"]));
    let text = format!(
        "# Results\n\nWritten by `cargo run --release` in `benches/peers` on {date}: {machine}.\n\n\
         Where the machine is shared, the least of many rounds is what a quiet one gives, and the median what this one gave.\n\
         {}{NOTES}",
        run.text(&plots)
    );
    std::fs::remove_dir_all(&run.folder).expect("the folder goes");
    std::fs::write(out.join("RESULTS.md"), &text).expect("the file can be written");
    print!("{text}");
}

//! Tests of [`super`], on texts in memory and on the disk.

use super::*;
use crate::source::Texts;

fn program(files: &[(&str, &str)]) -> (Texts, Sources) {
    let texts = Texts::new(files.iter().copied());
    let search = SearchPaths {
        paths: vec!["deps".into()],
        ..SearchPaths::default()
    };
    let sources = Sources::new(Arc::new(texts.clone()), search);
    (texts, sources)
}

#[test]
fn modules_are_named_by_their_place_in_the_program() {
    let (_, mut sources) = program(&[
        ("game/main.nim", ""),
        ("game/gfx/sprites.nim", ""),
        ("shared/util.nim", ""),
        ("deps/util.nim", ""),
    ]);
    let main = sources.main("game/main.nim".as_ref()).unwrap();
    assert_eq!(&*main.name, "main");
    let mut name = |spec: &str| sources.resolve(main.file, spec).unwrap().name.to_string();
    assert_eq!(name("gfx/sprites"), "gfx/sprites");
    assert_eq!(name("../shared/util"), "../shared/util");
    assert_eq!(name("util"), "util");
    assert_eq!(name("./gfx/../gfx/sprites.nim"), "gfx/sprites");
}

#[test]
fn two_modules_never_share_a_name() {
    let (_, mut sources) = program(&[("m.nim", ""), ("a/util.nim", ""), ("deps/a/util.nim", "")]);
    let main = sources.main("m.nim".as_ref()).unwrap();
    let first = sources.resolve(main.file, "./a/util").unwrap();
    let second = sources.resolve(main.file, "pkg/a/util").unwrap();
    assert_ne!(first.file, second.file);
    assert_ne!(first.name, second.name);
}

#[test]
fn a_missing_import_says_where_it_was_looked_for() {
    let (_, mut sources) = program(&[("main.nim", "")]);
    let main = sources.main("main.nim".as_ref()).unwrap();
    let err = sources.resolve(main.file, "nowhere").unwrap_err();
    assert_eq!(err.to_string(), "cannot open file: nowhere");
    let help = err.help().unwrap();
    assert!(
        help.starts_with("tried nowhere.nim, deps/nowhere.nim, "),
        "{help}"
    );
}

#[test]
fn unreadable_texts_are_errors_with_path_and_reason() {
    let (texts, mut sources) = program(&[]);
    texts.set("bad.nim", b"echo 1\necho \"\xFF\"\n");
    let err = sources.main("bad.nim".as_ref()).unwrap_err();
    assert_eq!(
        err.to_string(),
        "cannot open file: bad.nim: it is not UTF-8 (line 2)"
    );
    let err = sources.main("none.nim".as_ref()).unwrap_err();
    assert_eq!(err.to_string(), "cannot open file: none.nim: no such file");
    let mut disk = Sources::from_disk(SearchPaths::default());
    let err = disk.main("src".as_ref()).unwrap_err();
    assert_eq!(err.to_string(), "cannot open file: src: it is a directory");
}

#[test]
fn a_byte_order_mark_is_skipped() {
    let (texts, mut sources) = program(&[]);
    texts.set("main.nim", "\u{FEFF}echo 1");
    let main = sources.main("main.nim".as_ref()).unwrap();
    assert_eq!(&**sources.text(main.file), "echo 1");
}

#[test]
fn a_change_is_a_change_of_content() {
    let (texts, mut sources) = program(&[("main.nim", "import logic"), ("deps/logic.nim", "1")]);
    let main = sources.main("main.nim".as_ref()).unwrap();
    let logic = sources.resolve(main.file, "logic").unwrap();
    sources.static_read(main.file, "none.txt").unwrap_err();
    assert_eq!(sources.changed(), Vec::<PathBuf>::new());

    texts.set("deps/logic.nim", "2");
    assert_eq!(sources.changed(), [PathBuf::from("deps/logic.nim")]);
    texts.set("deps/logic.nim", "1");
    assert!(!sources.has_changed());

    texts.set("logic.nim", "a file that the import would now find first");
    assert_eq!(sources.changed(), [PathBuf::from("logic.nim")]);
    let (mut next, stale) = sources.next();
    assert_eq!(stale.into_iter().collect::<Vec<_>>(), [main.file]);
    assert_eq!(next.main("main.nim".as_ref()).unwrap(), main);
    assert_ne!(next.resolve(main.file, "logic").unwrap().file, logic.file);
    next.prune();
    assert!(!next.has_changed());
    assert_eq!(next.files(), ["logic.nim", "main.nim"].map(PathBuf::from));

    texts.remove("logic.nim");
    assert!(next.has_changed());
}

#[test]
fn a_version_that_fails_leaves_the_loaded_texts_alone() {
    let (texts, mut sources) = program(&[("main.nim", "old")]);
    let main = sources.main("main.nim".as_ref()).unwrap();
    texts.set("main.nim", "new");
    let (mut next, stale) = sources.next();
    assert_eq!(stale.into_iter().collect::<Vec<_>>(), [main.file]);
    next.main("main.nim".as_ref()).unwrap();
    assert_eq!(&**next.text(main.file), "new");
    assert_eq!(&**sources.text(main.file), "old");
    assert!(!next.same_content(&sources));
}

#[test]
fn who_reads_a_file_at_compile_time_is_checked_again_when_it_changes() {
    let (texts, mut sources) = program(&[
        ("main.nim", ""),
        ("a.nim", ""),
        ("b.nim", ""),
        ("data.txt", "1"),
    ]);
    let main = sources.main("main.nim".as_ref()).unwrap();
    let a = sources.resolve(main.file, "a").unwrap();
    sources.resolve(main.file, "b").unwrap();
    assert_eq!(&*sources.static_read(a.file, "data.txt").unwrap(), b"1");
    texts.set("data.txt", "2");
    assert_eq!(sources.changed(), [PathBuf::from("data.txt")]);
    let (mut next, stale) = sources.next();
    assert_eq!(stale.into_iter().collect::<Vec<_>>(), [a.file]);
    next.prune();
    assert!(
        !next.has_changed(),
        "what is no longer read does not matter"
    );
}

#[test]
fn a_module_is_changed_by_what_it_includes_and_not_by_what_it_imports() {
    let (texts, mut sources) = program(&[
        ("main.nim", ""),
        ("a.nim", ""),
        ("part.inc", "1"),
        ("b.nim", "1"),
    ]);
    let main = sources.main("main.nim".as_ref()).unwrap();
    let a = sources.resolve(main.file, "a").unwrap();
    sources.resolve(a.file, "b").unwrap();
    sources.include(a.file, "part.inc").unwrap();
    texts.set("part.inc", "2");
    assert!(sources.has_module_changed("a"));
    assert!(!sources.has_module_changed("b") && !sources.has_module_changed("main"));
    let (mut next, _) = sources.next();
    next.include(a.file, "part.inc").unwrap();
    // The next version is what it has read, whatever is written meanwhile.
    texts.set("part.inc", "1");
    assert!(sources.has_module_changed_in(&next, "a"));
    assert!(!sources.has_module_changed_in(&next, "b"));
    texts.set("part.inc", "1");
    texts.set("b.nim", "2");
    assert!(!sources.has_module_changed("a") && sources.has_module_changed("b"));
}

#[test]
fn the_next_version_has_what_was_found_when_it_began() {
    let (texts, mut sources) = program(&[("main.nim", "1")]);
    let main = sources.main("main.nim".as_ref()).unwrap();
    texts.set("main.nim", "2");
    let (mut next, _) = sources.next();
    texts.set("main.nim", "3");
    next.refresh(main.file).unwrap();
    assert_eq!(
        &**next.text(next.map.find("main.nim".as_ref()).unwrap()),
        "2"
    );
    assert!(next.has_changed());
}

#[test]
fn the_disk_is_read_again_only_when_a_stamp_changes() {
    let dir = std::env::temp_dir().join(format!("midair-sources-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let path = dir.join("main.nim");
    std::fs::write(&path, "one").unwrap();
    let mut sources = Sources::from_disk(SearchPaths::default());
    sources.main(&path).unwrap();
    assert!(!sources.has_changed());
    // Same length, and perhaps within one tick of the clock.
    std::fs::write(&path, "two").unwrap();
    assert!(sources.has_changed());
    std::fs::write(&path, "one").unwrap();
    assert!(!sources.has_changed());
    std::fs::remove_dir_all(&dir).unwrap();
    assert!(sources.has_changed());
}

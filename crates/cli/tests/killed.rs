//! Owns the promise that nothing is lost: a program killed at any moment, a full disk, a store that cannot be written to.

mod harness;

use std::process::Stdio;
use std::time::{Duration, Instant};

use harness::{Folder, outcome};

/// Articles enough for several batches, each with a call of its own; written for this test.
fn articles(folder: &Folder, n: usize) {
    const LEADERS: [&str; 6] =
        ["Emmanuel Macron", "Giorgia Meloni", "Olaf Scholz", "Pedro Sanchez", "Mark Rutte", "Donald Tusk"];
    for i in 0..n {
        let (one, other) = (LEADERS[i % 6], LEADERS[(i / 6 + i + 1) % 6]);
        let day = i % 28 + 1;
        let month = ["January", "March", "May", "July"][i / 28 % 4];
        let text = format!(
            "PARIS, {month} {day}, 2023 (Harbour Wire) - {one} held a phone call with {other} on {month} {day}, 2023, aides \
             said.\n\nThe conversation lasted {} minutes. It was report number {i} of this series.\n",
            20 + i % 50
        );
        folder.file(&format!("articles/{i:04}.txt"), text);
    }
}

/// A generator whose numbers are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below.max(1)
    }
}

/// Kills an ingest at `times` moments spread over its length; after each the store opens, hangs together, and a re-run ends
/// in the same bytes as an undisturbed one.
fn killed(times: usize, documents: usize) {
    let folder = Folder::new();
    articles(&folder, documents);
    let begun = Instant::now();
    folder.run(&["add", "articles", "--db", "whole.db", "-q"]).exits(0);
    let mut length = begun.elapsed();
    let whole = folder.run(&["timeline", "--db", "whole.db", "--format", "json"]).exits(0).out;
    let mut numbers = Numbers(7);
    let mut early = 0;
    for round in 0..times {
        // Every fourth time a store is there already, and grows.
        let fresh = round % 4 != 0;
        let db = format!("killed-{round}.db");
        if !fresh {
            folder.run(&["add", "articles/0000.txt", "articles/0001.txt", "--db", &db, "-q"]).exits(0);
        }
        let before = (!fresh).then(|| folder.run(&["timeline", "--db", &db]).exits(0).out);
        let moment = Duration::from_micros(numbers.next(length.as_micros() as u64));
        let mut command = folder.command(&["add", "articles", "--db", &db, "-q"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
        std::thread::sleep(moment);
        let running = child.try_wait().expect("a process").is_none();
        child.kill().expect("killed");
        child.wait().expect("gone");
        early += usize::from(running);
        if !running {
            // The first run was slower than this one: the moments that follow are drawn from a shorter time.
            length = length.min(moment);
        }
        if folder.path().join(&db).metadata().is_ok_and(|m| m.len() > 0) {
            folder.run(&["check", "--db", &db]).exits(0).prints("all is well");
            if let Some(before) = before {
                let now = folder.run(&["timeline", "--db", &db]).exits(0).out;
                let after = folder.run(&["timeline", "--db", "whole.db"]).exits(0).out;
                assert!(now == before || now == after, "half an edition after {moment:?}");
            }
        }
        folder.run(&["add", "articles", "--db", &db, "-q"]).exits(0);
        let again = folder.run(&["timeline", "--db", &db, "--format", "json"]).exits(0).out;
        assert!(again == whole, "killed after {moment:?} of {length:?}: another chronology");
        folder.run(&["check", "--db", &db]).exits(0);
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(folder.path().join(format!("{db}{end}")));
        }
    }
    eprintln!("killed {times} times, {early} before the end ({length:?})");
    assert!(early > 0, "every kill came too late");
}

#[test]
fn killed_a_few_times() {
    killed(6, 60);
}

/// The full count; some minutes: `cargo test --release -p readout-cli --test killed -- --ignored --nocapture`.
#[test]
#[ignore = "takes some minutes"]
fn killed_two_hundred_times() {
    killed(200, 100);
}

/// A limit on the size of files stands for a disk that is full: writes fail in the same way.
#[cfg(unix)]
#[test]
fn a_full_disk_loses_nothing() {
    let folder = Folder::new();
    articles(&folder, 40);
    folder.run(&["add", "articles/0000.txt", "articles/0001.txt", "-q"]).exits(0);
    let before = folder.run(&["timeline"]).exits(0).out;
    let size = std::fs::metadata(folder.path().join("readout.db")).expect("a store").len();
    let mut met = 0;
    for more in [8u64, 64, 160, 320] {
        // In blocks of 512 bytes, as the shell counts.
        let blocks = if more == 8 { 8 } else { (size + more * 1024) / 512 };
        let program = env!("CARGO_BIN_EXE_readout");
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" add articles -q");
        let mut command = std::process::Command::new("sh");
        command.current_dir(folder.path()).args(["-c", &script, program]).stdin(Stdio::null());
        let done = outcome(command);
        if done.code == Some(0) {
            break;
        }
        met += 1;
        done.exits(1).says("no room left on the disk; nothing of what the store held is lost");
        folder.run(&["check"]).exits(0);
        assert_eq!(folder.run(&["timeline"]).exits(0).out, before);
    }
    assert!(met > 0, "no limit was met");
    folder.run(&["add", "articles", "-q"]).exits(0);
    folder.run(&["check"]).exits(0);
    assert_ne!(folder.run(&["timeline"]).exits(0).out, before);
}

#[cfg(unix)]
#[test]
fn a_store_that_cannot_be_written_to() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let folder = Folder::new();
    articles(&folder, 3);
    folder.run(&["add", "articles/0000.txt", "-q"]).exits(0);
    let before = folder.run(&["timeline"]).exits(0).out;
    for side in ["readout.db-wal", "readout.db-shm"] {
        let _ = std::fs::remove_file(folder.path().join(side));
    }
    let allow = |name: &str, mode: u32| {
        let path = folder.path().join(name);
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("permissions");
    };
    allow("readout.db", 0o444);
    allow("", 0o555);
    // Nothing is forbidden to root: take another user's place where this is root's.
    let probe = std::fs::OpenOptions::new().append(true).open(folder.path().join("readout.db"));
    let nobody = |arguments: &[&str]| {
        let mut command = folder.command(arguments);
        if probe.is_ok() {
            command.uid(65534).gid(65534);
        }
        command
    };
    match nobody(&["--version"]).output() {
        Ok(output) if output.status.success() => {
            outcome(nobody(&["add", "articles", "-q"])).exits(1).says("cannot be written to");
            assert_eq!(outcome(nobody(&["timeline"])).exits(0).out, before);
            outcome(nobody(&["check"])).exits(0);
        }
        _ => eprintln!("SKIPPED: no other user can run the program here"),
    }
    allow("", 0o755);
    allow("readout.db", 0o644);
    folder.run(&["check"]).exits(0);
    assert_eq!(folder.run(&["timeline"]).exits(0).out, before);
}

#[test]
fn what_is_no_store_is_left_alone() {
    let folder = Folder::new();
    folder.file(
        "notes.txt",
        "Not a store, but somebody's notes, and longer than the head of a database would be. ".repeat(4),
    );
    folder.run(&["add", "notes.txt", "--db", "notes.txt"]).exits(1).says("not a store of Readout");
    folder.run(&["timeline", "--db", "absent.db"]).exits(1).says("no such store");
    folder.run(&["timeline"]).exits(2).says("give a PATH");
    folder.run(&["add", "notes.txt", "--db", "no/such/folder/x.db"]).exits(1).says("cannot be written to");
    assert!(std::fs::read_to_string(folder.path().join("notes.txt")).expect("notes").starts_with("Not a store"));
}

//! Owns the promise that a store whose making was killed at any moment opens: the program is this test itself, run as a child.

use std::process::{Command, Stdio};
use std::time::Duration;

use readout_store::{Mode, Store, StoreError};

#[test]
fn killed_while_it_was_made() {
    if let Some(path) = std::env::var_os("READOUT_STORE_TO_MAKE") {
        drop(Store::open(path.as_ref(), Mode::Create));
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let rounds: u64 = std::env::var("ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(40);
    let (mut whole, mut absent) = (0, 0);
    for round in 0..rounds {
        let path = folder.path().join(format!("{round}.db"));
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "killed_while_it_was_made"])
            .env("READOUT_STORE_TO_MAKE", &path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a child");
        std::thread::sleep(Duration::from_micros(500 + round * 7919 % 20_000));
        child.kill().expect("killed");
        child.wait().expect("gone");
        match Store::open(&path, Mode::Read) {
            Ok(store) => {
                assert!(store.check(true).expect("readable").is_empty());
                whole += 1;
            }
            // Not a byte of it was written.
            Err(StoreError::Absent(_)) => {
                assert!(std::fs::metadata(&path).map_or(0, |m| m.len()) == 0, "round {round}");
                absent += 1;
            }
            Err(error) => panic!("round {round}: {error}"),
        }
        drop(Store::open(&path, Mode::Create).expect("it is made now"));
    }
    assert_eq!(whole + absent, rounds);
    eprintln!("killed {rounds} times: {whole} opened, {absent} not begun");
}

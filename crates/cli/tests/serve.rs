//! Owns how `readout serve` begins and what it refuses; what it serves is tested in `crates/serve`.

mod harness;

use harness::Folder;

#[test]
fn what_others_could_reach_needs_a_token() {
    let folder = Folder::new();
    folder.run(&["serve", "--host", "0.0.0.0", "--port", "0"]).exits(2).says("give --token");
    folder.run(&["serve", "--host", "::", "--port", "0", "--token", "short"]).exits(2).says("at least 16 characters");
    folder.run(&["serve", "--port", "0", "--token", "short"]).exits(2).says("too short");
    folder.run(&["serve", "articles", "--db", "readout.db"]).exits(2).says("not both");
    folder.run(&["serve", "nowhere", "--port", "0"]).exits(1).says("no such file");
}

#[test]
fn a_port_that_is_taken_is_said() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    Folder::new().run(&["serve", "--port", &port]).exits(1).says("cannot listen on 127.0.0.1");
}

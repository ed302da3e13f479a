//! Owns the reading room: a chronology in a browser, served by the program itself from one ledger.
//!
//! ```text
//! connection → guard (host, origin, token) → route → room (readers, kept answers) → ledger → reply
//!                                              └───→ desk (one writer, tasks in line) → ledger
//! ```
//!
//! Nothing is decided here: what is shown is what the ledger has, what is written are files that were dropped and decisions of
//! people. Texts of documents leave as JSON, and the page puts them on the screen as text, never as markup.

mod asks;
mod chart;
mod contact;
mod decide;
mod desk;
mod files;
mod guard;
mod pages;
mod reading;
mod ready;
mod reply;
mod room;
mod routes;
mod rows;
mod server;

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use readout_ledger::{Ledger, LedgerError, Mode};
use tokio::sync::Notify;

use crate::desk::Desk;
use crate::guard::Guard;
use crate::room::Room;
use crate::server::Service;

/// How to serve.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The ledger; its store is made where there is none.
    pub ledger: readout_ledger::Settings,
    /// Where to listen; port 0 takes any that is free.
    pub address: SocketAddr,
    /// Names of this machine under which it may be asked, beside `localhost` and addresses.
    pub names: Vec<String>,
    /// What whoever asks must show; needed where others than this machine can reach the address.
    pub token: Option<String>,
    /// Who decides where a request names nobody.
    pub by: String,
    /// Where dropped files are kept.
    pub dropped: PathBuf,
    /// Bytes of a dropped file at most.
    pub max_upload: u64,
}

/// A token that is shorter can be guessed.
pub const SHORTEST_TOKEN: usize = 16;

/// Why nothing can be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The store or a file beside it.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The address.
    #[error("cannot listen on {0}: {1}")]
    Address(SocketAddr, std::io::Error),
    /// Others could reach it without a token.
    #[error("{0} can be reached from other machines: give --token (at least {SHORTEST_TOKEN} characters)")]
    Open(SocketAddr),
    /// The token can be guessed.
    #[error("the token is too short: at least {SHORTEST_TOKEN} characters")]
    ShortToken,
    /// The system gives no threads.
    #[error("cannot start: {0}")]
    Threads(std::io::Error),
}

/// A server that listens.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    service: Arc<Service>,
    desk: Desk,
    writer: Ledger,
    stop: Arc<Notify>,
}

/// Ends a server.
#[derive(Clone)]
pub struct Stop(Arc<Notify>);

impl Stop {
    /// Ends it; what is being written is written to its end.
    pub fn stop(&self) {
        self.0.notify_one();
    }
}

impl Server {
    /// Opens the ledger, brings it up to date and listens.
    ///
    /// # Errors
    /// An address that is taken, or that others can reach while no token is asked for; a store that cannot be used.
    pub fn bind(settings: Settings) -> Result<Server, ServeError> {
        match &settings.token {
            Some(token) if token.trim().chars().count() < SHORTEST_TOKEN => return Err(ServeError::ShortToken),
            None if !settings.address.ip().is_loopback() => return Err(ServeError::Open(settings.address)),
            _ => {}
        }
        let mut writer = Ledger::open(settings.ledger.clone(), Mode::Create)?;
        writer.refresh(&|_| {})?;
        let listener = TcpListener::bind(settings.address).map_err(|e| ServeError::Address(settings.address, e))?;
        let prepared = listener.set_nonblocking(true).and_then(|()| listener.local_addr());
        let address = prepared.map_err(|e| ServeError::Address(settings.address, e))?;
        let desk = Desk::new();
        let guard = Guard::new(address, &settings.names, settings.token.as_deref());
        let room = Room::new(settings.ledger, desk.clone(), settings.by, settings.dropped, settings.max_upload)?;
        let service = Arc::new(Service::new(Arc::new(room), guard));
        Ok(Server { listener, address, service, desk, writer, stop: Arc::new(Notify::new()) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What ends it.
    pub fn stopper(&self) -> Stop {
        Stop(self.stop.clone())
    }

    /// Serves until stopped.
    ///
    /// # Errors
    /// The system gives no threads, or the listener cannot be used.
    pub fn run(self) -> Result<(), ServeError> {
        let Server { listener, address, service, desk, mut writer, stop } = self;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .thread_name("readout-serve")
            .build()
            .map_err(ServeError::Threads)?;
        let writing = {
            let desk = desk.clone();
            std::thread::Builder::new()
                .name("readout-desk".to_owned())
                .spawn(move || desk.work(&mut writer))
                .map_err(ServeError::Threads)?
        };
        let (over, told) = std::sync::mpsc::channel();
        let preparing = {
            let room = service.room.clone();
            std::thread::Builder::new()
                .name("readout-ready".to_owned())
                .spawn(move || ready::keep_ready(&room, &told))
                .map_err(ServeError::Threads)?
        };
        let served = runtime.block_on(server::run(listener, service, stop));
        drop(over);
        let _ = preparing.join();
        desk.close();
        // A fault of the desk was told to whoever handed the task in.
        let _ = writing.join();
        runtime.shutdown_timeout(std::time::Duration::from_secs(1));
        served.map_err(|e| ServeError::Address(address, e))
    }

    /// Serves until interrupted from the keyboard, or told to end by the system.
    ///
    /// # Errors
    /// As [`Server::run`].
    pub fn run_until_interrupted(self) -> Result<(), ServeError> {
        let stop = self.stopper();
        // A thread of its own, so that the runtime of the server need not know of signals.
        std::thread::Builder::new()
            .name("readout-signals".to_owned())
            .spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                if let Ok(runtime) = runtime {
                    runtime.block_on(interrupted());
                    stop.stop();
                }
            })
            .map_err(ServeError::Threads)?;
        self.run()
    }
}

#[cfg(unix)]
async fn interrupted() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut ended) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    let (mut key, mut end) = (std::pin::pin!(tokio::signal::ctrl_c()), std::pin::pin!(ended.recv()));
    std::future::poll_fn(|context| {
        let over = key.as_mut().poll(context).is_ready() || end.as_mut().poll(context).is_ready();
        if over { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}

#[cfg(not(unix))]
async fn interrupted() {
    let _ = tokio::signal::ctrl_c().await;
}

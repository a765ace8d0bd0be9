//! A UIS to try pult against: a clinic's day, begun some hours ago and going on, on a port of this machine; it breaks on
//! command. `cargo run --example fake_uis -- --help`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[path = "../tests/chaos/day.rs"]
mod day;
#[path = "../tests/fake_uis/fake.rs"]
#[expect(dead_code, reason = "shared with the tests")]
mod fake;
#[path = "../tests/chaos/told.rs"]
#[expect(dead_code, reason = "shared with the tests")]
mod told;
#[path = "../tests/chaos/vendor.rs"]
#[expect(dead_code, reason = "shared with the tests")]
mod vendor;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use clap::Parser;
use tokio::io::{AsyncBufReadExt, BufReader};

use fake::Fake;
use fake::faults::{Target, Trouble};
use fake::templates::{Method, Template, defaults};
use fake::world::{KEY, LOGIN, PASSWORD};

const COMMANDS: &str = "cut | mend | hang | slow | half | html | garbage | types | limits N | expire | asked";

#[derive(Parser)]
struct Wanted {
    /// Of 127.0.0.1.
    #[arg(long, default_value_t = 18_080)]
    port: u16,
    /// Another one is another day.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// In a day of twelve hours.
    #[arg(long, default_value_t = day::CALLS)]
    calls: usize,
    /// How many hours of the day are over.
    #[arg(long, default_value_t = 4)]
    hours: i64,
    /// Where notifications go, e.g. http://127.0.0.1:8090/uis/SECRET; without it none are sent.
    #[arg(long)]
    to: Option<String>,
    /// Whose templates: `ours` as `pult uis templates` prints them, `post` or `get` of the vendor.
    #[arg(long, default_value = "ours")]
    templates: String,
}

#[tokio::main]
async fn main() {
    let wanted = Wanted::parse();
    let shift = Utc::now() - (day::opens() + TimeDelta::hours(wanted.hours));
    let mut world = vendor::world(&day::Day::of(wanted.seed, wanted.calls));
    // The day is another one's: its dates are told as today's.
    world.skew = shift;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, wanted.port));
    let fake = Fake::listen(address, world, Arc::new(move || Utc::now() - shift)).await;
    println!(
        "data_url {0}/v2.0\ncall_url {0}/v4.0\nkey {KEY}\nlogin {LOGIN}\npassword {PASSWORD}",
        fake.url()
    );
    println!("{COMMANDS}");
    tokio::select! {
        () = tell(&fake, &wanted) => {}
        () = obey(&fake) => {}
    }
}

/// Brings notifications as they come up.
async fn tell(fake: &Fake, wanted: &Wanted) {
    let Some(to) = &wanted.to else { return std::future::pending().await };
    let templates = templates(&wanted.templates);
    let mut told_until: DateTime<Utc> = fake.now();
    loop {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let now = fake.now();
        for notice in fake.notices(&(told_until..now)) {
            let arrived = fake.deliver(to, &templates, &notice).await;
            println!("{} of {}{}", notice.event, notice.id, if arrived { "" } else { ": nobody took it" });
        }
        told_until = now;
    }
}

fn templates(whose: &str) -> Vec<Template> {
    match whose {
        "post" => defaults(Method::Post),
        "get" => defaults(Method::Get),
        _ => vendor::our_templates(),
    }
}

/// Until there is nobody to give commands.
async fn obey(fake: &Fake) {
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let lasting = |trouble| fake.faults().until_mended(Target::Any, trouble);
        match line.split_whitespace().collect::<Vec<_>>()[..] {
            ["cut"] => fake.faults().cut(),
            ["mend"] => {
                fake.faults().mend();
                fake.limit(u32::MAX, u32::MAX);
            }
            ["hang"] => lasting(Trouble::Hang),
            ["slow"] => lasting(Trouble::Slow(Duration::from_secs(1))),
            ["half"] => lasting(Trouble::CutInBody),
            ["html"] => lasting(Trouble::HtmlError),
            ["garbage"] => lasting(Trouble::BrokenJson),
            ["types"] => lasting(Trouble::WrongTypes),
            ["limits", left] => fake.limit(left.parse().unwrap_or(0), left.parse().unwrap_or(0)),
            ["expire"] => fake.expire_tokens(),
            ["asked"] => println!("{} questions so far", fake.asked().len()),
            _ => println!("{COMMANDS}"),
        }
    }
    std::future::pending::<()>().await;
}

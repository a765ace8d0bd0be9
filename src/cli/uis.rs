//! `pult uis`: what is needed once, while the account's cabinet is set up. In Russian, as the cabinet is.

use std::fmt::Write;

use clap::Subcommand;

use super::{Failure, output};
use crate::telephony::uis::templates::TEMPLATES;

/// Help with setting up UIS, CoMagic, Novofon or CallGear
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Print the notifications to make in the cabinet: for each its event, address and template
    ///
    /// The address is that of the reverse proxy in front of the listener ([uis.listener] in the configuration); SECRET
    /// stands for the listener's secret.
    Templates,
}

const FOREWORD: &str = "\
Кабинет: «Уведомления» → «Добавить уведомление». Для каждого события ниже — своё уведомление с обработчиком HTTP.
Метод POST. В адресе замените АДРЕС именем вашего обратного прокси, СЕКРЕТ — секретом из [uis.listener].
Название уведомления — любое. Шаблон вставляется целиком; кавычки вокруг {{…}} не нужны.
Звонки видны уже с первыми четырьмя событиями; остальные делают картину точной.
";

pub fn run(args: &Args) -> Result<(), Failure> {
    match args.what {
        What::Templates => output::print(&templates()),
    }
}

fn templates() -> String {
    let mut text = FOREWORD.to_owned();
    for (nth, template) in TEMPLATES.iter().enumerate() {
        let (nth, mnemonic) = (nth + 1, template.mnemonic);
        let _ = write!(text, "\n{nth}. {}\nPOST https://АДРЕС/uis/СЕКРЕТ/{mnemonic}\n", template.name);
        let _ = writeln!(text, "{}", template.body());
    }
    text
}

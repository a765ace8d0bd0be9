//! An administrator's call from end to end: a PBX's traffic on a socket, the desk in a terminal, the figure in a report.

#[allow(dead_code, reason = "the adapter's own tests use the rest")]
#[path = "../asterisk/pbx.rs"]
mod pbx;

use pbx::{Pbx, SECRET};

use super::recorded::Recorded;
use super::{F2, F10, SMALL, User};

fn clinic(port: u16) -> User {
    let user = User::with_config(&format!(
        "[operator]\nextension = \"101\"\n[asterisk]\nhost = \"127.0.0.1\"\nport = {port}\nusername = \"pult\"\n\
         secret_file = \"asterisk.secret\"\ntrunks = [\"trunk\"]\n"
    ));
    user.file(".config/pult/asterisk.secret", SECRET);
    let lines = user.file("lines.csv", "number,name,channel\n74950000001,Главный,Яндекс Карты\n");
    let topics = user.file("topics.csv", "name\nИмплантация\n");
    let people = user.file(
        "people.csv",
        "id,kind,name,phones,extension\n\
         p1,patient,Ёлкина Мария Петровна,8 (916) 123-45-67,\n\
         e1,employee,Смирнова Анна,,101\n",
    );
    for (kind, file) in [("lines", lines), ("topics", topics), ("people", people)] {
        user.run(&["import", kind, &file]);
    }
    user
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_on_the_wire_becomes_a_figure_in_the_report() {
    let mut pbx = Pbx::listen().await;
    let user = clinic(pbx.port);
    let mut terminal = user.start(&[], SMALL);
    let mut line = pbx.accept().await;
    line.answer_lists(&[]).await;
    line.play(&Recorded::open("a_queue_answered"), 8.0).await;
    terminal.see("Ёлкина");
    terminal.see("Яндекс Карты");
    terminal.send("4567");
    terminal.see("Хочет записаться");
    terminal.send("1");
    terminal.see("Имплантация");
    terminal.send("1");
    terminal.send("спросила о цене");
    terminal.see("спросила о цене");
    terminal.send(F2);
    terminal.see("Сохранено");
    terminal.send(F10);
    assert!(terminal.wait_for_exit().success());
    let table = user.run(&[
        "report",
        "--from",
        "2026-01-01",
        "--to",
        "2099-12-31",
        "--by",
        "topic",
        "--then-by",
        "employee",
    ]);
    assert!(table.contains("Имплантация") && table.contains("Смирнова Анна"), "{table}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missed_call_stays_and_a_broken_link_is_said() {
    let mut pbx = Pbx::listen().await;
    let user = clinic(pbx.port);
    let mut terminal = user.start(&[], SMALL);
    let mut line = pbx.accept().await;
    line.answer_lists(&[]).await;
    line.play(&Recorded::open("b3_direct_missed"), 8.0).await;
    terminal.see("пропущен");
    drop(line);
    drop(pbx);
    terminal.see("Нет телефонии");
    terminal.send(F10);
    assert!(terminal.wait_for_exit().success());
    user.assert_private(".local/share/pult");
    user.assert_private(".local/state/pult");
}

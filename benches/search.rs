//! Name search over 600,000 patients: the percentiles of a realistic mix of queries first, then criterion's
//! figures for each kind. `cargo bench --bench search`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::DateTime;
use criterion::Criterion;
use pult::domain::name::{in_other_layout, words};
use pult::domain::person::{PersonKind, PersonPhone};
use pult::domain::phone::Phone;
use pult::store::people::NewPerson;
use pult::store::{Author, Store, people, search};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const PATIENTS: usize = 600_000;
const QUERIES: usize = 20_000;
const SHOWN: usize = 20;

const ROOTS: &str = "иван петр сидор кузнец попов васил соколов михайл новик федор мороз волк алексе лебед семен егор павл \
    козл степан никола орл андре макар никит захар зайц соловь борис яковл григор роман воробь серге крыл \
    максим полик осип бел мельник чернов гаврил кирилл тит калин абрам агафон акс алёш анисим антип арефь \
    архип астах афанас бабк багр баж бал баран басманов беззуб безрук берёз бирюк блин бобр богдан болот борщ \
    бочар брагин булат бутур бык вавил вар ведерник верещаг виноград вишн влас ворон гагар галк герасим глад \
    глеб глух гол голуб гончар горбун горшк грач гриб гром гус давыд данил дёмин денис дмитр долг дорон дрозд \
    дьяч евдоким ефим ёлкин ерем ермак ерш жар жданов жереб жил жук завьял звер зверь зим зинов зорин зуб \
    игнат ильин инозем исак ищен кабан казак калаш камен карп карас касьян качал кваш кисел клим клюк княз \
    кобыл ковал колес колпак комар кондрат конон коптел коров корот косар котел кошел крав крас крот кругл \
    крюк кудр кузьм кукушк кулак купри лавр лазар ланск лапш ларион лев леонт лис лобан логин лопат лук лыс \
    любим маз маклак мал мамонт марк март маслен матве медвед мерзл миш молч мосин мухин муравь назар наум \
    нест нефед носк овсян овчин огур одинц онисим остап панкрат панов парам пахом первух перв пест пимен плот \
    погод пол пономар порох потап прохор пуг пушк рак распут рат рог родион рож рощ руд рыб ряб савв садовн \
    сам сафон свист селез селиван сереб сил синиц скворц скоб скорик слеп смир снег соб сорок сох спирид стар \
    стрел суб сух сыч тарас тар твер терент тимоф тихон токар толст торп треть троф тур уваров ус устин уш \
    фад филат филипп фом фрол харит хлеб хом хохл цар цвет чеб чех чист чуд шап шар шевел шеп шил ширяй шиш \
    шмел щеглов щерб щук юд юр юш яблок язык як ян ярм яс яш";
const MEN: &str = "александр сергей дмитрий андрей алексей максим евгений иван михаил владимир артём николай игорь павел \
    роман илья юрий виктор олег константин денис антон василий никита анатолий кирилл егор валерий геннадий \
    григорий пётр станислав вячеслав борис тимофей степан лев ярослав матвей фёдор глеб руслан вадим леонид \
    георгий эдуард тимур марат рустам ринат артур карен ашот захар савелий елисей мирон платон яков семён";
const WOMEN: &str = "елена ольга наталья анна татьяна ирина светлана мария екатерина юлия анастасия марина людмила галина \
    валентина надежда нина лариса оксана дарья виктория алёна евгения вера любовь полина ксения софья алиса \
    варвара кристина маргарита зоя раиса тамара лидия яна инна алла жанна эльвира гульнара алина диана милана \
    ева василиса кира элеонора регина карина снежана ульяна злата таисия фаина серафима агата пелагея";

/// Full names with the skew of life: few names are borne by many, many by few.
struct Names {
    random: ChaCha8Rng,
    roots: Vec<&'static str>,
    men: Vec<&'static str>,
    women: Vec<&'static str>,
}

impl Names {
    fn new() -> Names {
        let list = |text: &'static str| text.split_whitespace().collect();
        Names {
            random: ChaCha8Rng::seed_from_u64(20),
            roots: list(ROOTS),
            men: list(MEN),
            women: list(WOMEN),
        }
    }

    fn next(&mut self) -> String {
        let woman = self.random.random_bool(0.55);
        let father = one(&mut self.random, &self.men);
        let given = one(&mut self.random, if woman { &self.women } else { &self.men });
        format!("{} {given} {father}{}", self.surname(woman), if woman { "овна" } else { "ович" })
    }

    /// A root, sometimes two, and one of the endings: some 60,000 surnames, women's apart.
    fn surname(&mut self, woman: bool) -> String {
        const ENDINGS: [(&str, &str); 9] = [
            ("ов", "ова"),
            ("ев", "ева"),
            ("ин", "ина"),
            ("ский", "ская"),
            ("енко", "енко"),
            ("ук", "ук"),
            ("ян", "ян"),
            ("швили", "швили"),
            ("ых", "ых"),
        ];
        let mut surname = one(&mut self.random, &self.roots).to_owned();
        if self.random.random_bool(0.2) {
            surname += one(&mut self.random, &self.roots);
        }
        let (his, hers) = ENDINGS[skewed(&mut self.random, ENDINGS.len())];
        surname + if woman { hers } else { his }
    }
}

fn one(random: &mut ChaCha8Rng, list: &[&'static str]) -> &'static str {
    list[skewed(random, list.len())]
}

/// The first places far more often than the last.
fn skewed(random: &mut impl Rng, length: usize) -> usize {
    let place: f64 = random.random_range(0.0..1.0);
    ((place * place * place) * length as f64) as usize
}

fn fill(store: &Store) -> Vec<String> {
    let mut names = Names::new();
    let mut all = Vec::with_capacity(PATIENTS);
    let author = Author { employee: None, at: DateTime::from_timestamp(1_790_000_000, 0).unwrap() };
    for _ in 0..PATIENTS / 10_000 {
        let batch: Vec<_> =
            (0..10_000).map(|_| (names.next(), names.random.random_range(0..10_000_000_u64))).collect();
        all.extend(batch.iter().map(|(name, _)| name.clone()));
        let add = move |tx: &rusqlite::Transaction| {
            for (name, number) in &batch {
                let phones = vec![PersonPhone { phone: Phone(79_160_000_000 + number), primary: true }];
                people::add(
                    tx,
                    NewPerson { phones, ..NewPerson::named(PersonKind::Patient, name) },
                    &author,
                )?;
            }
            Ok(())
        };
        store.write(add).unwrap();
    }
    all
}

/// What operators type, with the share of each in a hundred.
const KINDS: [(&str, u32); 11] = [
    ("1 letter", 8),
    ("2-3 letters", 22),
    ("4+ letters of a surname", 20),
    ("surname and name", 10),
    ("surname and 1-2 letters", 10),
    ("name and surname", 6),
    ("1-2 letters and 1-4 letters", 6),
    ("all three in parts", 4),
    ("wrong layout", 6),
    ("last digits", 6),
    ("nobody", 2),
];

fn query(kind: &str, name: &str, random: &mut ChaCha8Rng) -> String {
    let words = words(name);
    let [surname, given, rest] = &words[..] else { unreachable!("three words each") };
    let mut part = |word: &str, from: usize, to: usize| -> String {
        word.chars().take(random.random_range(from..=to)).collect()
    };
    match kind {
        "1 letter" => part(surname, 1, 1),
        "2-3 letters" => part(surname, 2, 3),
        "4+ letters of a surname" => part(surname, 4, 12),
        "surname and name" => format!("{surname} {given}"),
        "surname and 1-2 letters" => format!("{surname} {}", part(given, 1, 2)),
        "name and surname" => format!("{given} {}", part(surname, 2, 8)),
        "1-2 letters and 1-4 letters" => format!("{} {}", part(surname, 1, 2), part(given, 1, 4)),
        "all three in parts" => format!("{} {} {}", part(surname, 1, 5), part(given, 1, 3), part(rest, 1, 4)),
        "wrong layout" => in_other_layout(&format!("{} {}", part(surname, 3, 12), part(given, 0, 3))),
        "last digits" => random.random_range(0..10_000_u32).to_string() + "77",
        _ => format!("{}ъъ {given}", part(surname, 1, 4)),
    }
}

fn queries(names: &[String]) -> Vec<(&'static str, String)> {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut mix = vec![];
    for (kind, share) in KINDS {
        for _ in 0..QUERIES * share as usize / 100 {
            let name = &names[random.random_range(0..names.len())];
            mix.push((kind, query(kind, name, &mut random)));
        }
    }
    for place in (1..mix.len()).rev() {
        mix.swap(place, random.random_range(0..=place));
    }
    mix
}

fn ask(store: &Store, text: &str) -> usize {
    store.read(|conn| search::people(conn, text, SHOWN)).unwrap().len()
}

fn print_percentiles(kind: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    let (median, most, all) = (at(0.5), at(0.99), at(1.0));
    println!("{kind:<30} {:>6} {median:>9.3} {most:>9.3} {all:>9.3}", times.len());
}

fn main() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("search.db");
    let store = Store::open(&path).unwrap();
    let begun = Instant::now();
    let names = fill(&store);
    println!(
        "{PATIENTS} patients written in {:.1?}, {} MB",
        begun.elapsed(),
        path.metadata().unwrap().len() >> 20
    );

    let mix = queries(&names);
    drop(names);
    let mut times = Vec::with_capacity(mix.len());
    for (_, text) in &mix {
        let begun = Instant::now();
        black_box(ask(&store, text));
        times.push(begun.elapsed());
    }
    println!("{:<30} {:>6} {:>9} {:>9} {:>9}  (ms)", "query", "n", "median", "p99", "worst");
    for (kind, _) in KINDS {
        let own = mix.iter().zip(&times).filter(|((of, _), _)| *of == kind).map(|(_, time)| *time);
        print_percentiles(kind, own.collect());
    }
    print_percentiles("all", times.clone());
    print_slowest(&store, &mix, &times);
    in_detail(&store, &mix);
}

/// Asked again: what stays slow is the query's fault, not the machine's.
fn print_slowest(store: &Store, mix: &[(&str, String)], times: &[Duration]) {
    let mut slowest: Vec<_> = mix.iter().zip(times).collect();
    slowest.sort_by_key(|(_, time)| std::cmp::Reverse(**time));
    for ((kind, text), first) in slowest.into_iter().take(8) {
        let begun = Instant::now();
        let found = ask(store, text);
        println!("slowest: {first:>9.1?}, again {:>9.1?}, {found:>2} found, {kind}: {text}", begun.elapsed());
    }
}

/// Criterion's figures: each kind's queries in turn.
fn in_detail(store: &Store, mix: &[(&str, String)]) {
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    for (kind, _) in KINDS {
        let mut own = mix.iter().filter(|(of, _)| *of == kind).cycle();
        criterion.bench_function(&format!("search/{kind}"), |bencher| {
            bencher.iter_batched(
                || own.next().map(|(_, text)| text.as_str()).unwrap_or_default(),
                |text| ask(store, text),
                criterion::BatchSize::SmallInput,
            );
        });
    }
    criterion.final_summary();
}

//! What the panes asked beside the sheet's own question, and what came. An answer stays until its successor comes.

use crate::desk::asking::Asking;
use crate::desk::state::View;
use crate::domain::desk::{Refusal, Reply, Request};
use crate::domain::metric::Metrics;
use crate::domain::report::{Query, Table};

#[derive(Debug, Default)]
pub struct Answers {
    kept: Vec<Answer>,
}

#[derive(Debug)]
struct Answer {
    request: Request,
    reply: Option<Reply>,
    refusal: Option<Refusal>,
    /// To be asked, for the first time or again, and not answered since: a question can be superseded on its way.
    due: bool,
}

impl Answers {
    /// Asks for those of `requests` that are not here and not under way.
    pub fn want(&mut self, requests: &[Request], asking: &mut Asking) {
        for request in requests {
            let place = self.place(request);
            if self.kept[place].due && !asking.awaits(|asked| asked == request) {
                asking.ask_for(View::Report, request.clone());
            }
        }
    }

    fn place(&mut self, request: &Request) -> usize {
        let known = self.kept.iter().position(|answer| answer.request == *request);
        known.unwrap_or_else(|| {
            let request = request.clone();
            self.kept.push(Answer { request, reply: None, refusal: None, due: true });
            self.kept.len() - 1
        })
    }

    /// All of it is to be asked again when it is next wanted.
    pub fn renew(&mut self) {
        self.kept.iter_mut().for_each(|answer| answer.due = true);
    }

    pub fn hear(&mut self, request: &Request, reply: &Result<Reply, Refusal>) {
        let Some(answer) = self.kept.iter_mut().find(|answer| answer.request == *request) else { return };
        answer.due = false;
        match reply {
            Ok(reply) => (answer.reply, answer.refusal) = (Some(reply.clone()), None),
            Err(refusal) => answer.refusal = Some(refusal.clone()),
        }
    }

    pub fn refusal(&self, requests: &[Request]) -> Option<&Refusal> {
        requests.iter().find_map(|request| self.answer(request)?.refusal.as_ref())
    }

    pub fn table(&self, query: &Query) -> Option<&Table> {
        match self.reply(&Request::Report(query.clone()))? {
            Reply::Report(table) => Some(table),
            _ => None,
        }
    }

    pub fn metrics(&self, request: &Request) -> Option<&Metrics> {
        match self.reply(request)? {
            Reply::Metrics(metrics) => Some(metrics),
            _ => None,
        }
    }

    fn reply(&self, request: &Request) -> Option<&Reply> {
        self.answer(request)?.reply.as_ref()
    }

    fn answer(&self, request: &Request) -> Option<&Answer> {
        self.kept.iter().find(|answer| answer.request == *request)
    }
}

//! The state after a connection is made, from the PBX's lists: what runs is kept or rebuilt, what is no
//! longer listed is over.

use super::leg::{self, At, Leg};
use super::listing::{Asked, List, Part};
use super::{Map, fields};
use crate::domain::text;
use crate::telephony::Event;
use crate::telephony::asterisk::NAME;
use crate::telephony::asterisk::wire::Message;

/// What the applications of an outgoing leg say in the place of their data.
const OUTGOING: &str = "(Outgoing Line)";

impl Map {
    /// A new connection begins. Ids of its channels may repeat those of a PBX that is gone; their Uniqueids
    /// never do.
    pub fn connected(&mut self) {
        self.bury(|_| true);
        self.listing.begin();
    }

    /// Attempts that failed since change nothing: we knew of the calls until the connection broke.
    pub fn disconnected(&mut self, at: At) {
        if std::mem::take(&mut self.listing.connected) {
            self.listing.lost = Some(at);
        }
    }

    /// This list's items and its end are to be believed when they carry this ActionID.
    pub fn expect_list(&mut self, action_id: &str, list: List) {
        self.listing.ask(action_id, list);
    }

    pub(super) fn list(&mut self, id: &str, part: Part, message: &Message, at: At) {
        match part {
            Part::Channel => self.list_channel(id, message, at),
            Part::State => {
                self.list_channel(id, message, at);
                self.note_status(message);
            }
            Part::Waiting => self.note_queue_entry(message, at),
            Part::AllChannels => {
                if let Some(asked) = self.listing.close(id) {
                    self.complete_channels(&asked, at);
                }
            }
            Part::AllQueues => {
                self.listing.close(id);
            }
        }
    }

    /// The PBX refuses this list to our user. Where it refuses both lists of channels, what ran before the
    /// connection was made cannot be followed and is over; what came since is known from its events.
    pub fn refused(&mut self, action_id: &str, at: At) -> Vec<Event> {
        match self.listing.close(action_id) {
            Some(Asked { list: List::Channels, .. }) => self.listing.channels_refused = true,
            Some(asked @ Asked { list: List::States, .. }) if self.listing.channels_refused => {
                self.end_unlisted(&Asked { moment: self.listing.since, ..asked }, at);
                self.tell_live(at);
            }
            _ => {}
        }
        std::mem::take(&mut self.events)
    }

    fn list_channel(&mut self, list: &str, message: &Message, at: At) {
        let ids = (message.all("Uniqueid").last(), message.all("Linkedid").last());
        let (Some(id), Some(linked)) = (ids.0, ids.1) else { return };
        self.listing.note(list, id);
        let call = self.resolve(linked);
        if self.buried.contains(id) || self.buried.contains(&call) {
            return;
        }
        if !self.legs.contains_key(id) {
            self.restore(message, id, call, at);
        }
        let Some(leg) = self.legs.get_mut(id).filter(|leg| leg.is_live()) else { return };
        leg.bridge = message.trailing("BridgeId").map(str::to_owned);
        leg.set_state(message.get("ChannelState"));
        self.follow(message, "");
    }

    fn restore(&mut self, message: &Message, id: &str, call: String, at: At) {
        let Some(channel) = message.get("Channel") else { return };
        let clock = message.trailing("Duration").and_then(fields::clock_seconds);
        let born = fields::before(at, clock.or(message.number("Seconds")).unwrap_or_default());
        let mut leg = Leg::new(message, leg::side(channel, &self.trunks), call, born);
        let data = message.trailing("ApplicationData").or(message.trailing("Data")).unwrap_or_default();
        leg.arrived = data != OUTGOING;
        if !leg.arrived {
            leg.dialled = Some(leg::Dialled { string: String::new(), by: None, ended: None });
        }
        let in_queue = message.trailing("Application") == Some("Queue");
        let queue = data.split(',').next().filter(|name| in_queue && !name.is_empty()).map(text::clean);
        let (call, created) = (leg.call.clone(), leg.created);
        let known = self.calls.contains_key(&call);
        self.admit(id, leg);
        if let Some(call) = self.calls.get_mut(&call) {
            call.restored |= !known;
            call.dialled = true;
            call.queue = call.queue.take().or(queue);
            call.started = call.started.min(created);
        }
    }

    fn complete_channels(&mut self, asked: &Asked, at: At) {
        self.listing.channels_refused &= asked.list != List::Channels;
        self.end_unlisted(asked, at);
        self.order_restored();
        self.regroup(at);
        self.date_restored(at);
        self.tell_live(at);
    }

    /// The desk hears how each call stands before it hears which of them run.
    fn tell_live(&mut self, at: At) {
        self.events = self.publish(at);
        let live = self.calls.values().filter(|call| call.ended.is_none() && call.published.is_some());
        let calls = live.map(|call| call.key()).collect();
        self.events.push(Event::Live { provider: NAME.to_owned(), calls });
    }

    /// Legs that were known when the list was asked for and are not in it are gone; those ordered before and
    /// not come by now will not come.
    fn end_unlisted(&mut self, asked: &Asked, at: At) {
        let lost = self.listing.lost.take().unwrap_or(at);
        let gone = |(id, leg): &(&String, &Leg)| {
            leg.is_live() && leg.since < asked.moment && !asked.listed.contains(*id)
        };
        let gone: Vec<String> = self.legs.iter().filter(gone).map(|(id, _)| id.clone()).collect();
        for id in gone {
            self.end_leg(&id, lost);
        }
        self.ordered.retain(|_, ordered| ordered.moment >= asked.moment);
        self.regroup(lost);
    }

    /// A list is in no order; ids count up.
    fn order_restored(&mut self) {
        for call in self.calls.values_mut().filter(|call| call.restored) {
            let legs = &self.legs;
            call.leg_ids.sort_by_key(|id| (id.len(), id.clone()));
            call.leg_ids.sort_by_key(|id| legs.get(id).map(|leg| !leg.arrived));
        }
    }

    /// When a restored talk began is not told; it cannot be before its leg.
    fn date_restored(&mut self, at: At) {
        for call in self.calls.values_mut().filter(|call| call.restored) {
            let created =
                call.conversation.current().and_then(|talk| self.legs.get(&talk.leg)).map(|leg| leg.created);
            created.into_iter().for_each(|from| call.conversation.may_have_begun(from, at));
        }
    }
}

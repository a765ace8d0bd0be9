//! One address or a block of them: `195.211.120.0/22`, `2001:db8::/32`, `127.0.0.1`.

use std::net::IpAddr;
use std::str::FromStr;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Net {
    base: IpAddr,
    /// Leading bits that count.
    bits: u8,
}

#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("«{0}» is no address; write one like 192.0.2.10 or 192.0.2.0/24")]
pub struct NoNet(String);

impl Net {
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.base, address.to_canonical()) {
            (IpAddr::V4(base), IpAddr::V4(address)) => {
                same(base.to_bits().into(), address.to_bits().into(), 32 - self.bits)
            }
            (IpAddr::V6(base), IpAddr::V6(address)) => {
                same(base.to_bits(), address.to_bits(), 128 - self.bits)
            }
            _ => false,
        }
    }
}

fn same(one: u128, other: u128, ignored: u8) -> bool {
    let leading = |bits: u128| bits.checked_shr(ignored.into()).unwrap_or(0);
    leading(one) == leading(other)
}

impl FromStr for Net {
    type Err = NoNet;

    fn from_str(text: &str) -> Result<Net, NoNet> {
        let refused = || NoNet(text.to_owned());
        let (base, bits) = text.split_once('/').map_or((text, None), |(base, bits)| (base, Some(bits)));
        let base: IpAddr = base.trim().parse().map_err(|_| refused())?;
        let most = if base.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), |bits| bits.trim().parse()).map_err(|_| refused())?;
        if bits > most { Err(refused()) } else { Ok(Net { base, bits }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(net: &str, address: &str) -> bool {
        net.parse::<Net>().unwrap().contains(address.parse().unwrap())
    }

    #[test]
    fn a_block_holds_its_addresses_and_no_others() {
        assert!(holds("192.0.2.10", "192.0.2.10") && !holds("192.0.2.10", "192.0.2.11"));
        assert!(holds("192.0.2.0/24", "192.0.2.255") && !holds("192.0.2.0/24", "192.0.3.0"));
        assert!(holds("0.0.0.0/0", "203.0.113.9") && !holds("0.0.0.0/0", "2001:db8::1"));
        assert!(holds("2001:db8::/32", "2001:db8:1::5") && holds("::/0", "::1"));
        assert!(holds("192.0.2.0/24", "::ffff:192.0.2.7"));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["", "uiscom.ru", "192.0.2.0/33", "192.0.2.0/", "::1/129", "192.0.2"] {
            assert!(text.parse::<Net>().is_err(), "{text}");
        }
    }
}

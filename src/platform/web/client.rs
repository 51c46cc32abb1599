//! From which address a request comes.

use actix_web::HttpRequest;
use actix_web::web::Data;
use std::net::{IpAddr, Ipv6Addr};

use crate::platform::config::Config;

/// The visitor's address, as limits are counted by: an IPv4 address or the
/// first 64 bits of an IPv6 one.
///
/// `X-Forwarded-For` is believed only when the trusted proxy sends it, and only
/// its last entry: the proxy itself wrote that one, whoever wrote the others.
pub fn client_address(request: &HttpRequest) -> String {
    let Some(peer) = request.peer_addr().map(|peer| peer.ip()) else {
        return "unknown".to_owned();
    };
    let trusted = request
        .app_data::<Data<Config>>()
        .and_then(|config| config.web.trusted_proxy);
    let forwarded = request
        .headers()
        .get_all("x-forwarded-for")
        .last()
        .and_then(|value| value.to_str().ok());
    counted(visitor(peer, trusted, forwarded)).to_string()
}

fn visitor(peer: IpAddr, trusted: Option<IpAddr>, forwarded: Option<&str>) -> IpAddr {
    if trusted != Some(peer) {
        return peer;
    }
    forwarded
        .and_then(|list| list.rsplit(',').next())
        .and_then(|last| last.trim().parse().ok())
        .unwrap_or(peer)
}

fn counted(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() >> 64 << 64)),
        four => four,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_forwarded_address_is_believed_from_the_trusted_proxy_only() {
        let proxy = address("10.0.0.1");
        let claimed = Some("203.0.113.9, 198.51.100.7");
        assert_eq!(
            visitor(proxy, Some(proxy), claimed),
            address("198.51.100.7")
        );
        assert_eq!(visitor(proxy, None, claimed), proxy);
        assert_eq!(
            visitor(address("192.0.2.5"), Some(proxy), claimed),
            address("192.0.2.5")
        );
        assert_eq!(visitor(proxy, Some(proxy), Some("bukan alamat")), proxy);
        assert_eq!(visitor(proxy, Some(proxy), None), proxy);
    }

    #[test]
    fn neighbours_in_one_ipv6_network_count_as_one() {
        assert_eq!(
            counted(address("2001:db8:1:2:3::4")),
            address("2001:db8:1:2::")
        );
        assert_eq!(counted(address("::ffff:192.0.2.5")), address("192.0.2.5"));
    }
}

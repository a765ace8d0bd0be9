//! Elements and escaped text.

use super::super::cell::one_line;

/// As text and as an attribute's value.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in one_line(text).chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Not allowed in XML, though visible to nobody.
            '\u{fffe}' | '\u{ffff}' => {}
            other => out.push(other),
        }
    }
    out
}

/// `inner` is mark-up already.
pub fn element(name: &str, class: &str, inner: &str) -> String {
    match class {
        "" => format!("<{name}>{inner}</{name}>"),
        _ => format!("<{name} class=\"{class}\">{inner}</{name}>"),
    }
}

/// A chart with its heading.
pub fn section(title: &str, inner: &str) -> String {
    format!("<section><h2>{}</h2>{inner}</section>\n", escaped(title))
}

/// A bar of `share` of the room it has, from 0 to 1, with what it says beside it.
pub fn bar(label: &str, share: f64, said: &str) -> String {
    let width = (share.clamp(0.0, 1.0) * 100.0).round();
    let bar = format!("<td class=\"bar\"><div style=\"width:{width}%\"></div></td>");
    let label = format!("<th scope=\"row\">{}</th>", escaped(label));
    element("tr", "", &[label, bar, element("td", "number", &escaped(said))].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        let hostile = "<script>alert(\"x\")</script> & 'onload=\u{1b}[2J\u{202e}\u{0}\u{ffff}";
        let said = escaped(hostile);
        assert_eq!(said, "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;onload=[2J");
    }
}

//! Names of people as people type them: ё is е, the wrong keyboard layout, either order.

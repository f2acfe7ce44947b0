// What must not be in a picture: fields for passwords and codes, and what may hold one, such as a frame.
({
  secretFields: 'input[type=password], [autocomplete*=password i], [autocomplete="one-time-code" i]',
  secretNames: /pass.?(?:w|code|phrase)|(?:^|[^a-z])(?:pwd|pin|otp|totp)(?:$|[^a-z])|one.?time|secret|token|code/i,
  // Whether such a field, or a part of the page that cannot be looked into, is drawn in a part of the window.
  holdsSecret(_root, [left, top, right, bottom]) {
    return this.all("input, textarea, [contenteditable], iframe, frame, object, embed").some((one) => {
      const box = this.box(one);
      if (box.right <= left || box.left >= right || box.bottom <= top || box.top >= bottom) return false;
      return this.isSecret(one);
    });
  },
  isSecret(one) {
    if (this.fits(one, "iframe, frame, object, embed") || this.fits(one, this.secretFields)) return true;
    if (this.fits(one, "input[type=checkbox], input[type=radio], input[type=button], input[type=submit]")) return false;
    if (getComputedStyle(one).webkitTextSecurity !== "none") return true;
    return ["name", "id", "aria-label", "placeholder"].some((name) => this.secretNames.test(this.attribute(one, name) ?? ""));
  },
})

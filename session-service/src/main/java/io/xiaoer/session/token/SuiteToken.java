package io.xiaoer.session.token;

import java.time.Duration;

/// A signed token, ready to be given out.
///
/// @param lifetime from now to its end
record SuiteToken(String value, Duration lifetime) {

    /// Leaves out the token itself.
    @Override
    public String toString() {
        return "SuiteToken[" + lifetime + "]";
    }
}

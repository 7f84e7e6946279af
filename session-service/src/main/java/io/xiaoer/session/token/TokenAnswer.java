package io.xiaoer.session.token;

import io.xiaoer.common.rest.Answer;

/// A token in an answer. It has no id: `{"type":"token","attributes":{"token","expires_in"}}`.
///
/// @param type always `token`
record TokenAnswer(String type, Attributes attributes) {

    /// The token and the seconds until its end.
    record Attributes(String token, long expiresIn) {

        /// Leaves out the token itself.
        @Override
        public String toString() {
            return "Attributes[" + expiresIn + "]";
        }
    }

    static Answer<TokenAnswer> of(SuiteToken token) {
        return Answer.of(new TokenAnswer(
                "token", new Attributes(token.value(), token.lifetime().toSeconds())));
    }
}

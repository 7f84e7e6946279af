package io.xiaoer.compensation.webhook.address;

import java.net.UnknownHostException;

/// A name was not looked up: the name service did not answer in time, or too many look-ups are under way.
final class NameServiceSilent extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    NameServiceSilent(String host) {
        super(host);
    }
}

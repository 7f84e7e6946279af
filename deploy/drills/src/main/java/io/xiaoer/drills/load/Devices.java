package io.xiaoer.drills.load;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Which devices a shopper has.
///
/// @param sockets on the WebSocket, each shopper
/// @param moreEach every so-manyth shopper has one more; 0 for none
/// @param restEach every so-manyth has one that posts and polls; 0 for none
public record Devices(int sockets, int moreEach, int restEach) {

    /// Several for each, and some that speak REST.
    public static final Devices OF_A_DRILL = new Devices(2, 10, 10);

    private static final List<String> KINDS = List.of("app", "web", "miniprogram", "douyin");

    public Devices {
        if (sockets < 1 || moreEach < 0 || restEach < 0 || restEach == 1) {
            throw new IllegalArgumentException("A shopper has a device, and not everybody speaks REST");
        }
    }

    /// @param dials the first device uses the first of them, and so on, and round again
    List<Device> of(
            int number, Shopper shopper, List<Dial> dials, Gateway gateway, Timeline time, SplittableRandom random) {
        var devices = new ArrayList<Device>();
        var own = sockets + (moreEach > 0 && number % moreEach == 0 ? 1 : 0);
        for (var i = 0; i < own; i++) {
            var kind = KINDS.get((number + i) % KINDS.size());
            devices.add(new SocketDevice(kind, i, shopper, dials.get(i % dials.size()), time, random.split()));
        }
        if (restEach > 0 && number % restEach == 1) {
            devices.add(new PollingDevice(own, shopper, gateway, time, random.split()));
        }
        return devices;
    }
}

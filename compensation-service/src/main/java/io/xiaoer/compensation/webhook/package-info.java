/// The endpoints that a shop wants to be told at, and what their deliveries are signed with.
///
/// An endpoint belongs to one shop, and a shop has a bounded number of them. Its secret is shown once, when it is made;
/// at rest it is encrypted. After a rotation the old secret signs beside the new one for a while. What an endpoint's
/// address may be is `address`'s to say, which events become deliveries `intake`'s, and how they are delivered
/// `delivery`'s.
@NullMarked
package io.xiaoer.compensation.webhook;

import org.jspecify.annotations.NullMarked;

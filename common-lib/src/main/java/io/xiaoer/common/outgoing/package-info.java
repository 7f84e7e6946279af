/// Calls to addresses that merchants chose. [PublicAddresses] says which of them a service may call: none that leads
/// back into the network in which the service stands, unless the operator allows it.
@NullMarked
package io.xiaoer.common.outgoing;

import org.jspecify.annotations.NullMarked;

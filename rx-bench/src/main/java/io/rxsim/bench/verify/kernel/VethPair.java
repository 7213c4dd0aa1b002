package io.rxsim.bench.verify.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Two network namespaces joined by a veth pair: one sends, the other receives. Each lives as long as the process that holds it, so that
 * nothing of them is left when that one ends. What the receiving one's sysfs shows is reached through its holder. One thread.
 */
final class VethPair implements AutoCloseable {
    static final String TX_DEVICE = "rxsim-tx";
    static final String RX_DEVICE = "rxsim-rx";
    /** A device with NAPI instances, where the kernel has such a type; nothing is sent to it. */
    static final String NAPI_DEVICE = "rxsim-napi";

    static final int QUEUES = 4;
    static final String TX_ADDRESS = "198.18.0.1";
    static final String RX_ADDRESS = "198.18.0.2";
    static final String TX_ADDRESS_6 = "fd72::1";
    static final String RX_ADDRESS_6 = "fd72::2";
    static final String GROUP = "239.18.0.1";

    private final ChildProcess txHolder;
    private final ChildProcess rxHolder;
    private boolean napiDevice;

    private VethPair(ChildProcess txHolder, ChildProcess rxHolder) {
        this.txHolder = txHolder;
        this.rxHolder = rxHolder;
    }

    /** Makes the namespaces and the pair. The watcher hears of the holders, and ends them if this fails. */
    static VethPair make(Watcher watcher) {
        ChildProcess tx = holder("sending namespace", List.of("--net"), "");
        watcher.child(tx);
        ChildProcess rx = holder("receiving namespace", List.of("--net", "--mount"), "mount -t sysfs sysfs /sys && ");
        watcher.child(rx);
        VethPair pair = new VethPair(tx, rx);
        pair.join();
        return pair;
    }

    private static ChildProcess holder(String what, List<String> namespaces, String first) {
        List<String> command = new ArrayList<>(List.of("unshare"));
        command.addAll(namespaces);
        command.addAll(List.of("--", "sh", "-c", first + "echo ready && exec cat"));
        return ChildProcess.start(what, command, true);
    }

    private void join() {
        String queues = Integer.toString(QUEUES);
        inside(
                txHolder,
                "ip link add " + TX_DEVICE + " numtxqueues " + queues + " numrxqueues " + queues
                        + " type veth peer name " + RX_DEVICE + " netns " + rxHolder.pid() + " numtxqueues " + queues
                        + " numrxqueues " + queues);
        inside(txHolder, "ip addr add " + TX_ADDRESS + "/24 dev " + TX_DEVICE);
        inside(rxHolder, "ip addr add " + RX_ADDRESS + "/24 dev " + RX_DEVICE);
        inside(txHolder, "ip addr add " + TX_ADDRESS_6 + "/64 dev " + TX_DEVICE + " nodad");
        inside(rxHolder, "ip addr add " + RX_ADDRESS_6 + "/64 dev " + RX_DEVICE + " nodad");
        inside(txHolder, "ip link set " + TX_DEVICE + " up");
        inside(rxHolder, "ip link set " + RX_DEVICE + " up");
        napiDevice = addNapiDevice();
        inside(txHolder, "ip route add 239.0.0.0/8 dev " + TX_DEVICE);
    }

    private static void inside(ChildProcess holder, String command) {
        List<String> words = new ArrayList<>(enter(holder));
        words.addAll(List.of(command.split(" ")));
        SystemCommand.run(words);
    }

    private static List<String> enter(ChildProcess holder) {
        return List.of("nsenter", "--net=/proc/" + holder.pid() + "/ns/net", "--");
    }

    /** The beginning of a command that is to run in the sending namespace. */
    List<String> enterTx() {
        return enter(txHolder);
    }

    /** The beginning of a command that is to run in the receiving namespace. */
    List<String> enterRx() {
        return enter(rxHolder);
    }

    private boolean addNapiDevice() {
        try {
            inside(rxHolder, "ip link add " + NAPI_DEVICE + " type vxlan id 1 dstport 4789 local " + RX_ADDRESS);
            return true;
        } catch (VerificationException e) {
            return false;
        }
    }

    /** Whether there is a {@link #NAPI_DEVICE}. */
    boolean hasNapiDevice() {
        return napiDevice;
    }

    /** A setting of a device in the receiving namespace. */
    Path rxDeviceFile(String device, String name) {
        return Path.of("/proc/" + rxHolder.pid() + "/root/sys/class/net/" + device, name);
    }

    /** A setting of a receive queue of the receiving device. */
    Path rxQueueFile(int queue, String name) {
        return Path.of("/proc/" + rxHolder.pid() + "/root/sys/class/net/" + RX_DEVICE + "/queues/rx-" + queue, name);
    }

    @Override
    public void close() {
        rxHolder.close();
        txHolder.close();
    }
}

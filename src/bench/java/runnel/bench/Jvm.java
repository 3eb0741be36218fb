package runnel.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/// What a JVM on this machine says of itself through JMX. It costs that JVM some megabytes, so figures of an untouched
/// server are to be taken before.
final class Jvm implements AutoCloseable {
    private final Optional<JMXConnector> connector;
    private final MBeanServerConnection beans;

    Jvm(Optional<JMXConnector> connector, MBeanServerConnection beans) {
        this.connector = connector;
        this.beans = beans;
    }

    /// @return nothing where the process is no JVM, is somebody else's, or keeps others out
    static Optional<Jvm> of(long pid) {
        try {
            var machine = VirtualMachine.attach(Long.toString(pid));
            try {
                var connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
                return Optional.of(new Jvm(Optional.of(connector), connector.getMBeanServerConnection()));
            } finally {
                machine.detach();
            }
        } catch (IOException | AttachNotSupportedException | LinkageError notPossible) {
            return Optional.empty();
        }
    }

    /// Bytes allocated on the heap so far by all threads, ended ones too. What virtual threads allocate counts with the
    /// threads that carry them.
    double allocatedBytes() {
        return attribute(ManagementFactory.THREAD_MXBEAN_NAME, "TotalThreadAllocatedBytes") instanceof Long bytes ? bytes : Double.NaN;
    }

    /// Bytes of the heap that are in use after everything unused was collected.
    double liveHeapBytes() {
        try {
            beans.invoke(new ObjectName(ManagementFactory.MEMORY_MXBEAN_NAME), "gc", null, null);
        } catch (IOException | JMException gone) {
            return Double.NaN;
        }
        return attribute(ManagementFactory.MEMORY_MXBEAN_NAME, "HeapMemoryUsage") instanceof CompositeData usage
                ? (long) usage.get("used") : Double.NaN;
    }

    private Object attribute(String bean, String name) {
        try {
            return beans.getAttribute(new ObjectName(bean), name);
        } catch (IOException | JMException gone) {
            return Double.NaN;
        }
    }

    @Override
    public void close() {
        try {
            if (connector.isPresent()) {
                connector.get().close();
            }
        } catch (IOException alreadyGone) {
            return;
        }
    }
}

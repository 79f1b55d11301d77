# Shared by the commands in this folder: what must be there before anything can start.
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

packages_missing() {
    compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || echo postgresql
    compgen -G '/usr/lib/rabbitmq/lib/*/sbin/rabbitmq-server' >/dev/null || echo rabbitmq-server
    command -v redis-server >/dev/null || echo redis-server
    command -v setpriv >/dev/null && command -v setsid >/dev/null || echo util-linux
    command -v node >/dev/null || echo nodejs
    command -v npm >/dev/null || echo npm
}

# Debian's server packages start what they install; policy-rc.d forbids that while they are set up, because ours run privately.
install_packages() {
    local policy=/usr/sbin/policy-rc.d ours=
    if [ ! -e $policy ]; then
        ours=1
        printf '#!/bin/sh\nexit 101\n' | $1 tee $policy >/dev/null
        $1 chmod 755 $policy
    fi
    local done=0
    $1 apt-get update -qq && $1 env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${@:2}" >/dev/null || done=$?
    [ -z $ours ] || $1 rm -f $policy
    return $done
}

# Further commands or files that are needed may be named, as `what=package` where the package has another name.
ensure_packages() {
    local missing what
    missing=$({
        packages_missing
        for what in "$@"; do command -v "${what%=*}" >/dev/null || [ -e "${what%=*}" ] || echo "${what#*=}"; done
    } | tr '\n' ' ')
    [ -n "$missing" ] || return 0
    echo "installing: $missing"
    if [ "$(id -u)" = 0 ]; then
        install_packages '' $missing
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        install_packages sudo $missing
    else
        echo "These packages are needed and cannot be installed without root. Please run once:" >&2
        echo "  sudo apt-get install --no-install-recommends $missing" >&2
        exit 1
    fi
}

# Whether a source is newer than the last good build. Asking MSBuild whether there is something to do takes longer than starting everything.
changed_since() {
    local stamp=$1
    shift
    [ ! -e "$stamp" ] || [ -n "$(find "$@" \( -name bin -o -name obj -o -name node_modules -o -name dist \) -prune -o -type f -newer "$stamp" -print -quit)" ]
}

build() {
    local stamp=$1 project=$2
    shift 2
    changed_since "$stamp" "$@" || return 0
    mkdir -p .local/built .local/logs
    touch "$stamp.begun"
    echo "building $project"
    # One warm compiler for all projects, whatever the environment says: each of them alone would start its own.
    if ! UseSharedCompilation=true dotnet build "$project" --configuration Release -v quiet -nologo >.local/logs/build.log 2>&1; then
        grep -E '(error|warning) [A-Z]+[0-9]+' .local/logs/build.log | sort -u >&2 || cat .local/logs/build.log >&2
        return 1
    fi
    # A source that was saved while the build ran is newer than this.
    mv "$stamp.begun" "$stamp"
}

readonly central=(Directory.Build.props Directory.Packages.props .editorconfig BannedSymbols.txt)

ensure_host() { build .local/built/host deploy/local/Host/Host.csproj deploy/local/Host "${central[@]}"; }

ensure_platform() {
    build .local/built/platform deploy/local/Platform.slnf deploy/local src tests/CivilService ServiceDefaults "${central[@]}"
    cp -p .local/built/platform .local/built/host
}

# The solution holds the others.
ensure_solution() {
    build .local/built/solution Mentoring.sln Mentoring.sln ServiceDefaults deploy/local src tests "${central[@]}"
    cp -p .local/built/solution .local/built/platform
    cp -p .local/built/solution .local/built/host
    cp -p .local/built/solution .local/built/assignment
}

# Debian 12 has Node 18; the OpenID provider and the portal's build want 20 or newer, which npm itself can bring.
ensure_node() {
    local modern=$PWD/.local/node/node_modules/.bin
    [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ] || return 0
    if [ ! -x "$modern/node" ]; then
        echo "fetching a newer Node"
        npm install --prefix .local/node --silent --no-save node@22
    fi
    export PATH=$modern:$PATH
}

# From the lock file alone, and only when it has changed. Without a name: those of the platform.
ensure_node_packages() {
    local part
    [ $# != 0 ] || set -- deploy/local/identity deploy/local/mail src/Portal
    ensure_node
    for part in "$@"; do
        if [ ! -e $part/node_modules ] || [ $part/package-lock.json -nt $part/node_modules/.package-lock.json ]; then
            echo "fetching node packages of $part"
            npm ci --prefix $part --silent
            touch $part/node_modules/.package-lock.json
        fi
    done
}

# The page the gateway serves.
ensure_portal() {
    changed_since .local/built/portal src/Portal || return 0
    mkdir -p .local/built .local/logs
    touch .local/built/portal.begun
    echo "building src/Portal"
    npm run build --prefix src/Portal --silent >.local/logs/portal.log 2>&1 || { cat .local/logs/portal.log >&2; return 1; }
    mv .local/built/portal.begun .local/built/portal
}

# MENTORING_STATE names the folder of another platform, beside the one in .local: the journey tests have one of their own.
readonly host_program=(dotnet deploy/local/Host/bin/Release/net10.0/Host.dll ${MENTORING_STATE:+--state "$MENTORING_STATE"})

host() { "${host_program[@]}" "$@"; }

host_exec() { exec "${host_program[@]}" "$@"; }

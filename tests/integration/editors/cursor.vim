" For editors.sh: jumps to each finding in the quickfix list of `:make` and prints the text from the cursor on.
set encoding=utf-8 fileencodings=ucs-bom,utf-8,latin1 hidden
compiler newslint
silent make! .
let said = []
for entry in getqflist()
  if !entry.valid
    continue
  endif
  execute 'silent cc' len(said) + 1
  call add(said, join([bufname('%'), line('.'), entry.type, matchstr(strpart(getline('.'), col('.') - 1), '^\S\+')]))
endfor
call writefile(said, $SAID)
qall!

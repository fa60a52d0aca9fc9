" Vim compiler file
" Compiler: newslint, which checks the articles of news sites
"
" :compiler newslint | make %     this article        :make content     a folder
"
" Columns are asked for in bytes, which is what %c means.

if exists('current_compiler')
  finish
endif
let current_compiler = 'newslint'

let s:cpo_save = &cpo
set cpo&vim

if exists(':CompilerSet') != 2
  command -nargs=* CompilerSet setlocal <args>
endif

CompilerSet makeprg=newslint\ --quiet\ --format\ text\ --columns\ byte
CompilerSet errorformat=%f:%l:%c:\ %t%*[^:]:\ %m

let &cpo = s:cpo_save
unlet s:cpo_save
